import { setTimeout as sleep } from "node:timers/promises";
import { bytesToHex, to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { builtInKinds } from "../../core/kinds/registry.ts";
import { effects, type Effect } from "../../core/ledger/effect.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { leafOf } from "../../core/ledger/leaf.ts";
import type { ReplayedBatch } from "../../core/ledger/record-table.ts";
import type { Replay } from "../../core/ledger/replay.ts";
import { statusSlot, statusWord } from "../../core/ledger/slots.ts";
import { field, hexData } from "../../server/chain/quantity.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import type { WaitCounter } from "./figures/waits.ts";
import { getJson } from "./get-json.ts";
import type { Progress } from "./progress.ts";
import { divergence, type AuditDivergence } from "./report.ts";
import type { Trust } from "./trust.ts";

/** Requests under way at once. */
const workers = 16;
/** Milliseconds: a gateway that has not read the newest block yet, or has read a newer one, is asked again before it is blamed. */
export const ordinaryPatience: readonly number[] = [500, 2000, 5000];

export interface GatewayInput {
  readonly url: string;
  readonly rpc: Rpc;
  readonly trust: Trust;
  readonly replay: Replay;
  readonly keccak: Keccak;
  readonly progress: Progress;
  readonly patience: readonly number[];
  /** hears when the gateway says that it accepted a record, and when the record's block was made */
  readonly waits: WaitCounter;
}

interface AnchoredRecord {
  readonly batch: ReplayedBatch;
  readonly digest: string;
  readonly leaf: Hex;
}

/** Whether a gateway shows every record of the chain as it is there: agency, kind, root, block, status. */
export async function compareGateway(input: GatewayInput): Promise<AuditDivergence | undefined> {
  const facts = await compareFacts(input);
  if (facts !== undefined) return facts;
  const records = recordsOf(input);
  const all = input.replay.counts().records;
  let done = 0;
  let first: AuditDivergence | undefined;
  async function work(): Promise<void> {
    for (const record of records) {
      if (first !== undefined) return;
      const found = await compareRecord(input, record);
      first ??= found;
      input.progress.report("compared with the gateway", ++done, all);
    }
  }
  await Promise.all(Array.from({ length: workers }, work));
  return first;
}

/** The gateway's own account of the ledger: the same contracts, and no fewer records, batches and changes than the chain has. */
async function compareFacts({ url, trust, replay }: GatewayInput): Promise<AuditDivergence | undefined> {
  const facts = await getJson(`${url}/v1/ledger`);
  if (facts === undefined) throw new HufuError("INVALID_REQUEST", `${url} is no gateway: it has no /v1/ledger.`);
  const ledger = field(facts, "ledger");
  const { chainId, genesis, contracts } = trust;
  const expected = [chainId, genesis.hash, contracts.ledger.address].join(" ");
  const found = ["chainId", "genesisHash", "address"]
    .map((name) => String(field(ledger, name)).toLowerCase())
    .join(" ");
  if (found !== expected) {
    return divergence("GATEWAY_LEDGER_DIFFERS", "The gateway writes to another ledger", expected, found);
  }
  const { records, batches, statusChanges } = replay.counts();
  const counts = [
    ["records", records, field(field(facts, "records"), "accepted")],
    ["batches", batches, field(facts, "batches")],
    ["statuses", statusChanges, field(facts, "statuses")],
  ] as const;
  const fewer = counts.find(([, chain, gateway]) => typeof gateway !== "number" || gateway < chain);
  if (fewer === undefined) return undefined;
  const [name, chain, gateway] = fewer;
  return divergence("GATEWAY_LEDGER_DIFFERS", `The gateway counts fewer ${name}`, `${chain} or more`, String(gateway));
}

function* recordsOf({ replay, keccak }: GatewayInput): Generator<AnchoredRecord> {
  for (const [index, batch] of replay.batches().entries()) {
    const digests = replay.digestsOf(index);
    for (let at = 0; at < digests.length; at += 32) {
      const digest = digests.subarray(at, at + 32);
      const leaf = to0x(leafOf(batch.agency, batch.kind, digest, keccak));
      // Of a record that was anchored again the first batch counts, as for the gateway.
      const first = replay.record(batch.agency, batch.kind, digest) ?? batch;
      yield { batch: first, digest: bytesToHex(digest), leaf };
    }
  }
}

async function compareRecord(input: GatewayInput, record: AnchoredRecord): Promise<AuditDivergence | undefined> {
  let found = await differenceOf(input, record);
  for (const pause of input.patience) {
    if (found === undefined) return undefined;
    await sleep(pause);
    found = await differenceOf(input, record);
  }
  return found;
}

async function differenceOf(input: GatewayInput, record: AnchoredRecord): Promise<AuditDivergence | undefined> {
  const { batch, digest } = record;
  const names = { digest, agency: batch.agency };
  const view = await getJson(`${input.url}/v1/records/${digest}`);
  if (view === undefined) {
    const what = "The gateway does not have a record that is anchored";
    return divergence("GATEWAY_RECORD_MISSING", what, `a record of batch ${batch.root}`, "none", names);
  }
  const shown = describe(view);
  const chain = [batch.agency, String(batch.kind), batch.root, String(batch.blockNumber)].join(" ");
  if (shown !== chain) {
    const what = "The gateway shows another agency, kind, root or block";
    return divergence("GATEWAY_RECORD_DIFFERS", what, chain, shown, {
      ...names,
      recordId: String(field(view, "recordId")),
    });
  }
  const differs = await statusDifference(input, record, view);
  const acceptedAt = Date.parse(String(field(view, "acceptedAt")));
  if (differs === undefined && Number.isFinite(acceptedAt)) input.waits.add(acceptedAt, 1000 * batch.blockTime);
  return differs;
}

function describe(view: unknown): string {
  const anchor = field(view, "anchor");
  const kind = builtInKinds.byName(String(field(view, "kind")))?.id;
  const place = anchor === null ? ["not anchored"] : [field(anchor, "root"), field(anchor, "blockNumber")];
  return [field(field(view, "agency"), "uscc"), kind, ...place].map(String).join(" ");
}

/** The gateway's status against the replayed one; if it is newer, against the chain's of this moment. */
async function statusDifference(input: GatewayInput, { batch, digest, leaf }: AnchoredRecord, view: unknown) {
  const { replay, keccak, rpc, trust } = input;
  const shown = wordOf(field(view, "status"), keccak);
  const replayed = replay.status(leaf);
  const expected = replayed === undefined ? emptyWord : statusWord(replayed, keccak);
  if (shown === expected) return undefined;
  const now = await rpc.call("eth_getStorageAt", trust.contracts.ledger.address, statusSlot(leaf, keccak), "latest");
  if (BigInt(hexData(now, "a storage slot")) === BigInt(shown)) return undefined;
  const [wanted, found] = [expected, shown].map((word) => `${effectName(word)} (${word})`);
  const names = { digest, agency: batch.agency, recordId: String(field(view, "recordId")) };
  const what = "The gateway shows another status";
  return divergence("GATEWAY_STATUS_DIFFERS", what, wanted ?? expected, found ?? shown, names);
}

const emptyWord: Hex = `0x${"0".repeat(64)}`;

function effectName(word: string): string {
  return effects[Number(word.slice(0, 4)) - 1] ?? "never set";
}

/** The slot that the chain would hold of what the gateway shows. */
function wordOf(status: unknown, keccak: Keccak): Hex {
  const [effect, version, since, basis] = ["effect", "version", "since", "basis"].map((name) => field(status, name));
  if (version === 0 && effect === "IN_FORCE") return emptyWord;
  const known = effects.find((name): name is Effect => name === effect);
  if (known === undefined || typeof version !== "number" || typeof since !== "string" || typeof basis !== "string") {
    throw new HufuError("INVALID_REQUEST", "The gateway shows a status that cannot be read.");
  }
  return statusWord({ effect: known, version, blockTime: Math.floor(Date.parse(since) / 1000), basis }, keccak);
}
