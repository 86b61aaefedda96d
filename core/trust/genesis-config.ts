import type { Hex } from "../bytes.ts";
import type { JsonObject, JsonValue } from "../json/parse.ts";
import { isList, isObject } from "../json/shape.ts";
import type { Consensus } from "../proofs/consensus.ts";
import { proofError } from "../proofs/fault.ts";
import type { Override } from "../proofs/validators.ts";

/** Blocks: what Besu, geth and GoQuorum take where the file names no epoch. */
export const ORDINARY_EPOCH = 30_000;

/** Consensus that this program cannot follow; a chain that changes from one to another names both. */
const unknownEngines = ["ibft2", "ibft", "istanbul", "ethash"];

/**
 * The sets of validators that a genesis file's `config` puts in the place of voted ones, ascending by block. The configuration hangs from no
 * hash: it is as good as who published the bundle. Throws INVALID_PROOF: UNSUPPORTED_CONSENSUS for what this program cannot follow (validators
 * kept by a contract, another curve, another engine), CONSENSUS_DIFFERS for another chain, engine or epoch than the bundle names.
 */
export function overridesOf(config: JsonObject, consensus: Consensus, chainId: number): Override[] {
  const settings = lowerCased(config);
  const own = settings.get("chainid");
  if (own !== undefined && own !== chainId) throw differs("chainId");
  if (consensus.type === "development") return [];
  if ((settings.get("eccurve") ?? "secp256k1") !== "secp256k1") throw unsupported("ecCurve");
  const engine = unknownEngines.find((name) => settings.has(name));
  if (engine !== undefined) throw unsupported(engine);
  const options = settingsOf(config, consensus.type);
  if (options === undefined) throw differs(consensus.type);
  checkOptions(options, consensus);
  return consensus.type === "qbft" ? overridesIn(settings.get("transitions"), consensus.epoch) : [];
}

/** By their names in lower case: Besu reads its settings in any case. */
export type Settings = ReadonlyMap<string, JsonValue>;

function lowerCased(object: JsonObject): Settings {
  return new Map(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The section of a genesis file's `config` that sets up this engine; undefined where it has none. */
export function settingsOf(config: JsonObject, engine: Consensus["type"]): Settings | undefined {
  const section = lowerCased(config).get(engine);
  return isObject(section) ? lowerCased(section) : undefined;
}

/** Blocks, in an engine's settings; whatever the file has there. */
export function epochIn(settings: Settings): JsonValue {
  return settings.get("epochlength") ?? settings.get("epoch") ?? ORDINARY_EPOCH;
}

/** Seconds, in an engine's settings; whatever the file has there, undefined where it names none. */
export function periodIn(settings: Settings): JsonValue | undefined {
  return settings.get("blockperiodseconds") ?? settings.get("period");
}

function unsupported(what: string): Error {
  return proofError("UNSUPPORTED_CONSENSUS", `the genesis configuration's ${what} cannot be followed here`, { what });
}

function differs(what: string): Error {
  const message = `the genesis configuration's ${what} is not what the trust bundle says`;
  return proofError("CONSENSUS_DIFFERS", message, { what });
}

function checkOptions(options: Settings, consensus: Exclude<Consensus, { type: "development" }>): void {
  refuseContract(options);
  const start = options.get("startblock") ?? 0;
  if (start !== 0) throw unsupported("startBlock");
  if (epochIn(options) !== consensus.epoch) throw differs("epoch");
  if (consensus.type !== "clique") return;
  if ((periodIn(options) ?? consensus.period) !== consensus.period) throw differs("period");
}

/** Validators that a contract keeps are in no header. */
function refuseContract(options: Settings): void {
  const address = options.get("validatorcontractaddress") ?? "";
  if (address !== "" || options.get("validatorselectionmode") === "contract")
    throw unsupported("validatorContractAddress");
}

/** Besu has a list for each engine, GoQuorum one list. */
function overridesIn(transitions: JsonValue | undefined, epoch: number): Override[] {
  if (transitions === undefined || transitions === null) return [];
  const list = isObject(transitions) ? besuList(lowerCased(transitions)) : transitions;
  if (!isList(list)) throw unsupported("transitions");
  return list
    .flatMap((item) => overrideOf(isObject(item) ? lowerCased(item) : new Map<string, JsonValue>(), epoch))
    .sort((a, b) => a.block - b.block);
}

function besuList(engines: Settings): JsonValue {
  if ([...engines.keys()].some((name) => unknownEngines.includes(name))) throw unsupported("transitions");
  return engines.get("qbft") ?? [];
}

function overrideOf(settings: Settings, epoch: number): Override[] {
  const block = settings.get("block");
  if (typeof block !== "number" || !Number.isSafeInteger(block) || block < 0) throw unsupported("transitions");
  refuseContract(settings);
  const isOtherEngine = (settings.get("algorithm") ?? "qbft") !== "qbft" || (settings.has("algorithm") && block > 0);
  if (isOtherEngine || (settings.get("epochlength") ?? epoch) !== epoch) throw unsupported("transitions");
  const validators = settings.get("validators");
  if (validators === undefined || (isList(validators) && validators.length === 0)) return [];
  if (!isList(validators)) throw unsupported("transitions");
  return [{ block, validators: validators.map(addressOf).sort() }];
}

function addressOf(value: JsonValue): Hex {
  const address = typeof value === "string" ? value.toLowerCase() : "";
  if (!/^0x[0-9a-f]{40}$/.test(address)) throw unsupported("transitions");
  return `0x${address.slice(2)}`;
}
