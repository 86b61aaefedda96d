import type { Bundle } from "./bundle.ts";
import { isList, isObject, type Json, type JsonObject } from "./json.ts";

/** A whole set in the place of another, from a block on. */
export interface Override {
  readonly since: number;
  readonly validators: readonly string[];
}

const others = ["ibft2", "ibft", "istanbul", "ethash"];
const ordinaryEpoch = 30_000;

/** The sets that the genesis configuration puts in the place of voted ones. Throws where it is another chain's or one that cannot be followed. */
export function overridesOf({ chainId, consensus, genesis, publishedAt }: Bundle): Override[] {
  if (genesis.config === null) return [];
  const config = inLowerCase(genesis.config);
  must((config["chainid"] ?? chainId) === chainId);
  if (consensus.type === "development") return [];
  const section = config[consensus.type];
  must((config["eccurve"] ?? "secp256k1") === "secp256k1" && others.every((one) => config[one] === undefined));
  if (!isObject(section)) throw new Error("the configuration of another consensus");
  const own = inLowerCase(section);
  refuseContract(own);
  must((own["startblock"] ?? 0) === 0);
  must((own["epochlength"] ?? own["epoch"] ?? ordinaryEpoch) === consensus.epoch);
  if (consensus.type === "clique") {
    must((own["blockperiodseconds"] ?? own["period"] ?? consensus.period) === consensus.period);
    return [];
  }
  const overrides = listed(config["transitions"] ?? []).flatMap((item) => overrideIn(item, consensus.epoch));
  overrides.sort((a, b) => a.since - b.since);
  return overrides.filter(({ since }) => since <= publishedAt.blockNumber);
}

function listed(transitions: Json): readonly Json[] {
  const engines = isObject(transitions) ? inLowerCase(transitions) : {};
  must(others.every((one) => engines[one] === undefined));
  const list = isObject(transitions) ? (engines["qbft"] ?? []) : transitions;
  if (!isList(list)) throw new Error("transitions that are no list");
  return list;
}

function overrideIn(item: Json, epoch: number): Override[] {
  const own = inLowerCase(isObject(item) ? item : {});
  const { block, validators = [] } = own;
  refuseContract(own);
  must(typeof block === "number" && Number.isInteger(block) && block >= 0);
  must((own["algorithm"] ?? "qbft") === "qbft" && (own["algorithm"] === undefined || block === 0));
  must((own["epochlength"] ?? epoch) === epoch && isList(validators));
  const addresses = (isList(validators) ? validators : [])
    .map((one) => (typeof one === "string" ? one.toLowerCase() : ""))
    .sort();
  must(addresses.every((one) => /^0x[0-9a-f]{40}$/.test(one)) && new Set(addresses).size === addresses.length);
  return addresses.length === 0 ? [] : [{ since: Number(block), validators: addresses }];
}

function refuseContract(settings: JsonObject): void {
  must((settings["validatorcontractaddress"] ?? "") === "" && settings["validatorselectionmode"] !== "contract");
}

function inLowerCase(settings: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name.toLowerCase(), value]));
}

function must(holds: boolean): void {
  if (!holds) throw new Error("a configuration of another chain, or of one that cannot be followed");
}
