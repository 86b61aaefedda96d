import { entry, extended, seed } from "./journal.ts";
import { decode, type Event, type Log } from "./logs.ts";
import { createRegister, type Said } from "./register.ts";
import { leafOf, rootOf } from "./tree.ts";

export interface Ledger {
  readonly chainId: number;
  readonly ledger: string;
  readonly agencies: string;
}

export interface Status {
  readonly effect: number;
  readonly version: number;
  readonly time: number;
  readonly basis: string;
}

export interface Batch {
  readonly agency: string;
  readonly kind: number;
  readonly count: number;
  readonly time: number;
}

const decisions = 4;
const superseded = 4;
const withdrawn = 5;

/** Replays the journals of both contracts by the page's rules. */
export function createReplay({ chainId, ledger, agencies }: Ledger) {
  const contracts = { ledger: ledger.toLowerCase(), agencies: agencies.toLowerCase() };
  const heads = { ledger: seed(chainId, ledger), agencies: seed(chainId, agencies) };
  const register = createRegister();
  const batches = new Map<string, Batch>();
  const statuses = new Map<string, Status>();
  const anchored = new Set<string>();
  let last: Pick<Log, "blockNumber" | "logIndex"> = { blockNumber: -1, logIndex: -1 };

  function anchor(said: Said, time: number): string | undefined {
    const [agency, kind, count] = [said.code("agency"), said.number("kind"), said.number("count")];
    const root = `0x${said.bytes("root")}`;
    const leaves = (said.bytes("digests").match(/.{64}/g) ?? []).map((digest) => leafOf(agency, kind, digest));
    const fault = register.signing(agency, said.bytes("signer"), time);
    if (fault !== undefined) return fault;
    if (!register.mayWrite(agency, kind)) return "KIND_NOT_ALLOWED";
    if (count < 1 || leaves.length !== count) return "COUNT_MISMATCH";
    if (BigInt(time) > said.integer("deadline")) return "DEADLINE_PASSED";
    if (leaves.some((leaf, i) => i > 0 && BigInt(leaf) <= BigInt(leaves[i - 1] ?? 0))) return "LEAVES_NOT_ASCENDING";
    if (rootOf(leaves) !== root) return "ROOT_MISMATCH";
    if (batches.has(root)) return "DUPLICATE_ROOT";
    batches.set(root, { agency, kind, count, time });
    for (const leaf of leaves) anchored.add(leaf);
    return undefined;
  }
  function setStatus(said: Said, time: number): string | undefined {
    const [actor, agency, effect] = [said.code("actor"), said.code("agency"), said.number("effect")];
    const [leaf, version] = [`0x${said.bytes("leaf")}`, said.number("version")];
    const before = statuses.get(leaf);
    if (effect < 1 || effect > withdrawn) return "INVALID_EFFECT";
    const fault = register.signing(actor, said.bytes("signer"), time);
    if (fault !== undefined) return fault;
    if (!register.mayAct(actor, agency, effect)) return "ACTOR_NOT_ALLOWED";
    if (leafOf(agency, said.number("kind"), said.bytes("digest")) !== leaf) return "LEAF_MISMATCH";
    if (!anchored.has(leaf)) return "RECORD_NOT_ANCHORED";
    if (before?.effect === superseded || before?.effect === withdrawn) return "TERMINAL_STATUS";
    if (version !== (before?.version ?? 0) + 1) return "VERSION_MISMATCH";
    if (!hasBasis(said, agency, effect)) return "BASIS_NOT_ANCHORED";
    statuses.set(leaf, { effect, version, time, basis: said.bytes("basis") });
    return undefined;
  }
  function hasBasis(said: Said, agency: string, effect: number): boolean {
    const basis = said.bytes("basis");
    const isSuccessor = effect === superseded && basis !== said.bytes("digest");
    if (isSuccessor && anchored.has(leafOf(agency, said.number("kind"), basis))) return true;
    return register.codes.some((code) => anchored.has(leafOf(code, decisions, basis)));
  }
  function take(log: Log, time: number): string | undefined {
    const isLate = log.blockNumber === last.blockNumber && log.logIndex <= last.logIndex;
    if (isLate || log.blockNumber < last.blockNumber) return "OUT_OF_ORDER";
    last = log;
    const event = tryDecode(log);
    if (event === undefined) return "MALFORMED_LOG";
    const isRecords = event.name === "Anchored" || event.name === "StatusSet";
    const contract = isRecords ? "ledger" : "agencies";
    if (log.address.toLowerCase() !== contracts[contract]) return "FOREIGN_LOG";
    const said = saidBy(event);
    const apply = event.name === "Anchored" ? anchor : event.name === "StatusSet" ? setStatus : register.apply;
    const fault = apply(said, time);
    if (fault === undefined) heads[contract] = extended(heads[contract], entry(event, time));
    return fault;
  }

  return { heads, batches, statuses, take };
}

function tryDecode(log: Log): Event | undefined {
  try {
    return decode(log);
  } catch {
    return undefined;
  }
}

function saidBy({ name, arguments: given }: Event): Said {
  const bytes = (argument: string): string => given.find((one) => one.name === argument)?.value ?? "";
  return {
    name,
    bytes,
    code: (argument) => Buffer.from(bytes(argument), "hex").subarray(0, 18).toString("ascii"),
    number: (argument) => Number(`0x${bytes(argument)}`),
    integer: (argument) => BigInt(`0x${bytes(argument)}`),
  };
}
