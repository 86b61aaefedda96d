import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bytesToHex, concatBytes, hexToBytes, to0x, type Hex } from "../../../core/bytes.ts";
import { nobleHasher } from "../../../core/hash.ts";
import { canonicalJson } from "../../../core/json/canonical.ts";
import { parseJson, type JsonObject, type JsonValue } from "../../../core/json/parse.ts";
import type { Kind } from "../../../core/kinds/kind.ts";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { leafOf } from "../../../core/ledger/leaf.ts";
import { buildTree, orderBatch } from "../../../core/ledger/merkle.ts";
import { notarise } from "../../../core/record/digest.ts";
import { startLedgerOnAnvil, type LedgerOnAnvil } from "../../../scripts/bench/ledger-on-anvil.ts";

export const market = "11440310XX0001011N";
export const justice = "11440310XX0001070R";

/** A record as a gateway would hold it. */
export interface HeldRecord {
  readonly agency: string;
  readonly kind: Kind;
  readonly recordId: string;
  readonly content: JsonObject;
  readonly seed: Uint8Array;
  readonly digest: string;
  readonly leaf: Hex;
  /** of its batch, once it is anchored */
  root: Hex;
  blockNumber: number;
}

export interface FilledLedger {
  readonly chain: LedgerOnAnvil;
  readonly records: readonly HeldRecord[];
  /** the record that was withdrawn, the one that was superseded, its successor, the decision */
  readonly withdrawn: HeldRecord;
  readonly superseded: HeldRecord;
  readonly successor: HeldRecord;
  readonly decision: HeldRecord;
}

/** A real chain with two agencies, six penalties, a status decision, one withdrawal by an overseer and one amendment. */
export async function fillLedger(): Promise<FilledLedger> {
  const chain = await startLedgerOnAnvil();
  await chain.enrol(market, "坪山示例市场监管局（虚构）", 0b10110n);
  await chain.enrol(justice, "坪山示例司法局（虚构）", 0b10000n);
  await chain.mine();
  await chain.order("agencies", "setOversight", [code(justice), code(market), 0b100110]);
  await chain.mine();

  const penalties = [1, 2, 3, 4, 5].map((number) => penalty(`CP-2026-${number}`, number));
  const withdrawn = penalties[0] ?? fail();
  const superseded = penalties[1] ?? fail();
  const decision = decisionOn(withdrawn);
  const successor = penalty("CP-2026-6", 6);
  await anchor(chain, penalties);
  await anchor(chain, [decision]);
  await anchor(chain, [successor]);
  await setStatus(chain, penalties, withdrawn, { actor: justice, effect: 5, basis: decision.digest });
  await setStatus(chain, penalties, superseded, { actor: market, effect: 4, basis: successor.digest });
  return { chain, records: [...penalties, decision, successor], withdrawn, superseded, successor, decision };
}

function fail(): never {
  throw new Error("a list of five");
}

function code(agency: string): Hex {
  return to0x(new TextEncoder().encode(agency));
}

/** A penalty of the market authority that nobody anchored yet. */
export function penalty(recordId: string, number: number): HeldRecord {
  const file = join(import.meta.dirname, "../../../docs/examples/credit-penalty.json");
  const example = parseJson(readFileSync(file, "utf8")) as { content: JsonObject }; // as: the project's own file
  return held(market, "credit-penalty", recordId, {
    ...example.content,
    decisionDocNo: `深坪示市监罚〔2026〕${number}号`,
  });
}

function decisionOn(record: HeldRecord): HeldRecord {
  return held(justice, "status-decision", "SD-2026-1", {
    target: record.digest,
    effect: "WITHDRAWN",
    reason: "REVOKED_ON_RECONSIDERATION",
    decisionDate: "2026-11-20",
    explanation: "（虚构）复议撤销。",
    decidingAuthority: "坪山示例司法局（虚构）",
    decidingAuthorityUscc: justice,
  });
}

function held(agency: string, kindName: string, recordId: string, content: Record<string, JsonValue>): HeldRecord {
  const kind = builtInKinds.byName(kindName) ?? fail();
  const seed = keccak.hash(new TextEncoder().encode(recordId));
  const hasher = nobleHasher("sha-256");
  const { digest } = notarise({ kind, agency, recordId, content, amends: null, files: [], seed, hasher });
  const leaf = to0x(leafOf(agency, kind.id, digest, keccak));
  return { agency, kind, recordId, content, seed, digest, leaf, root: "0x", blockNumber: 0 };
}

async function anchor(chain: LedgerOnAnvil, records: readonly HeldRecord[]): Promise<void> {
  const [first = fail()] = records;
  const root = await chain.anchor(first.agency, first.kind.id, digestsOf(records));
  await chain.mine();
  const blockNumber = Number(await chain.rpc.call("eth_blockNumber"));
  for (const record of records) Object.assign(record, { root, blockNumber });
}

/** The first status of a record of `batch`, in a block of its own. */
export async function setStatus(
  chain: LedgerOnAnvil,
  batch: readonly HeldRecord[],
  record: HeldRecord,
  change: { actor: string; effect: number; basis: string },
): Promise<void> {
  const { agency, kind, digest, root } = record;
  const ordered = orderBatch(agency, kind.id, digestsOf(batch), keccak);
  const index = Array.from(batch).findIndex(
    (_, at) => bytesToHex(ordered.digests.subarray(32 * at, 32 * at + 32)) === digest,
  );
  const proof = buildTree(ordered.leaves, keccak).proof(index).map(to0x);
  await chain.setStatus({ ...change, agency, kind: kind.id, digest, root, proof, version: 0 });
  await chain.mine();
}

function digestsOf(records: readonly HeldRecord[]): Uint8Array {
  return concatBytes(...records.map(({ digest }) => hexToBytes(digest)));
}

/** The text that a store keeps of a record's content. */
export function contentText(record: HeldRecord): string {
  return canonicalJson(record.content);
}
