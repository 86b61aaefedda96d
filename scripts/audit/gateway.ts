import { setTimeout as sleep } from "node:timers/promises";
import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { builtInKinds } from "../../core/kinds/registry.ts";
import { effects, type Effect } from "../../core/ledger/effect.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import type { ReplayedBatch } from "../../core/ledger/record-table.ts";
import type { Replay } from "../../core/ledger/replay.ts";
import { statusSlot, statusWord } from "../../core/ledger/slots.ts";
import { field, hexData } from "../../server/chain/quantity.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import type { WaitCounter } from "./figures/waits.ts";
import { anchoredRecords, type AnchoredRecord } from "./anchored-records.ts";
import { getJson } from "./get-json.ts";
import { createMissingList, missingRecord } from "./missing.ts";
import type { Progress } from "./progress.ts";
import { divergence, type AuditDivergence, type MissingRecords } from "./report.ts";
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

export interface GatewayComparison {
  /** the first difference beside records that are missing */
  readonly differs: AuditDivergence | undefined;
  /** undefined also where a record that differs ended the comparison */
  readonly missing: MissingRecords | undefined;
  /** records that are there, and as they are on the chain */
  readonly present: number;
  /** those of them that it shows in a later batch than their first: they were anchored again, and are anchored in either */
  readonly later: number;
}

/**
 * Whether a gateway shows every record of the chain as it is there: agency, kind, root, block, status. One that lost its newest records is compared all
 * the same, up to the first record that it shows otherwise.
 */
export async function compareGateway(input: GatewayInput): Promise<GatewayComparison> {
  const { facts, differs } = await readFacts(input);
  const list = createMissingList("at the gateway", (sentence) => input.progress.say(sentence));
  const anchored = anchoredRecords(input.replay, input.keccak);
  const roots = new Set<Hex>();
  let done = 0;
  let present = 0;
  let later = 0;
  let first = differs;
  async function work(): Promise<void> {
    for (const record of anchored.records) {
      if (first !== undefined) return;
      const { differs, batch } = await compareRecord(input, record);
      first ??= differs;
      if (batch !== undefined) {
        present++;
        roots.add(batch.root);
        if (batch !== record.batches[0]) later++;
      } else if (differs === undefined) list.add(missingRecord(record));
      input.progress.report("compared with the gateway", ++done, anchored.count);
    }
  }
  await Promise.all(Array.from({ length: workers }, work));
  const wanted = { records: present, batches: roots.size, statuses: input.replay.counts().statusChanges };
  if (first !== undefined) return { differs: first, missing: undefined, present, later };
  return { differs: compareCounts(facts, wanted), missing: list.all(), present, later };
}

/** The gateway's own account of the ledger, which has to be of the same contracts. */
async function readFacts({ url, trust }: GatewayInput): Promise<{ facts: unknown; differs?: AuditDivergence }> {
  const facts = await getJson(`${url}/v1/ledger`);
  if (facts === undefined) throw new HufuError("INVALID_REQUEST", `${url} is no gateway: it has no /v1/ledger.`);
  const ledger = field(facts, "ledger");
  const { chainId, genesis, contracts } = trust;
  const expected = [chainId, genesis.hash, contracts.ledger.address].join(" ");
  const found = ["chainId", "genesisHash", "address"]
    .map((name) => String(field(ledger, name)).toLowerCase())
    .join(" ");
  if (found === expected) return { facts };
  const what = "The gateway writes to another ledger";
  return { facts, differs: divergence("GATEWAY_LEDGER_DIFFERS", what, expected, found) };
}

/** Whether it counts no fewer records and batches than it shows, and no fewer changes of status than the chain has. */
function compareCounts(
  facts: unknown,
  wanted: Readonly<Record<"records" | "batches" | "statuses", number>>,
): AuditDivergence | undefined {
  const counts = [
    ["records", wanted.records, field(field(facts, "records"), "accepted")],
    ["batches", wanted.batches, field(facts, "batches")],
    ["statuses", wanted.statuses, field(facts, "statuses")],
  ] as const;
  const fewer = counts.find(([, chain, gateway]) => typeof gateway !== "number" || gateway < chain);
  if (fewer === undefined) return undefined;
  const [name, chain, gateway] = fewer;
  const what = `The gateway counts fewer ${name}`;
  return divergence("GATEWAY_LEDGER_DIFFERS", what, `${chain} or more`, String(gateway));
}

interface RecordComparison {
  readonly differs?: AuditDivergence | undefined;
  /** in which it is shown; undefined: it is missing, or is shown in none that holds it */
  readonly batch?: ReplayedBatch;
}

async function compareRecord(input: GatewayInput, record: AnchoredRecord): Promise<RecordComparison> {
  let found = await look(input, record);
  for (const pause of input.patience) {
    if (found.differs === undefined) return found;
    await sleep(pause);
    found = await look(input, record);
  }
  return found;
}

/** A record that is not there is not waited for: a gateway has it before the chain does. */
async function look(input: GatewayInput, record: AnchoredRecord): Promise<RecordComparison> {
  const { batches, digest } = record;
  const [first] = batches;
  const view = await getJson(`${input.url}/v1/records/${digest}`);
  if (view === undefined) return {};
  const shown = describe(view);
  const batch = batches.find((one) => describeBatch(one) === shown);
  if (batch === undefined) {
    const what = "The gateway shows another agency, kind, root or block";
    const names = { digest, agency: first.agency, recordId: String(field(view, "recordId")) };
    return { differs: divergence("GATEWAY_RECORD_DIFFERS", what, describeBatch(first), shown, names) };
  }
  const differs = await statusDifference(input, record, view);
  const acceptedAt = Date.parse(String(field(view, "acceptedAt")));
  if (differs === undefined && Number.isFinite(acceptedAt)) input.waits.add(acceptedAt, 1000 * batch.blockTime);
  return { differs, batch };
}

function describeBatch({ agency, kind, root, blockNumber }: ReplayedBatch): string {
  return [agency, String(kind), root, String(blockNumber)].join(" ");
}

function describe(view: unknown): string {
  const anchor = field(view, "anchor");
  const kind = builtInKinds.byName(String(field(view, "kind")))?.id;
  const place = anchor === null ? ["not anchored"] : [field(anchor, "root"), field(anchor, "blockNumber")];
  return [field(field(view, "agency"), "uscc"), kind, ...place].map(String).join(" ");
}

/** The gateway's status against the replayed one; if it is newer, against the chain's of this moment. */
async function statusDifference(input: GatewayInput, { batches, digest, leaf }: AnchoredRecord, view: unknown) {
  const { replay, keccak, rpc, trust } = input;
  const shown = wordOf(field(view, "status"), keccak);
  const replayed = replay.status(leaf);
  const expected = replayed === undefined ? emptyWord : statusWord(replayed, keccak);
  if (shown === expected) return undefined;
  const now = await rpc.call("eth_getStorageAt", trust.contracts.ledger.address, statusSlot(leaf, keccak), "latest");
  if (BigInt(hexData(now, "a storage slot")) === BigInt(shown)) return undefined;
  const [wanted, found] = [expected, shown].map((word) => `${effectName(word)} (${word})`);
  const names = { digest, agency: batches[0].agency, recordId: String(field(view, "recordId")) };
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
