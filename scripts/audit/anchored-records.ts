import { bytesToHex, to0x, type Hex } from "../../core/bytes.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { leafOf } from "../../core/ledger/leaf.ts";
import type { ReplayedBatch } from "../../core/ledger/record-table.ts";
import type { Replay } from "../../core/ledger/replay.ts";

/** A record with every batch that holds it, the first one first: a gateway that was restored from a backup may have anchored it again. */
export interface AnchoredRecord {
  readonly batches: readonly [ReplayedBatch, ...ReplayedBatch[]];
  readonly digest: string;
  readonly leaf: Hex;
}

/** Every record of the ledger once, in the order in which they were anchored. Memory grows with those that were anchored again. */
export function anchoredRecords(
  replay: Replay,
  keccak: Keccak,
): { readonly count: number; readonly records: Generator<AnchoredRecord> } {
  const later = new Map<string, ReplayedBatch[]>();
  let again = 0;
  for (const { batch, digest } of membersOf(replay)) {
    if (isFirst(replay, batch, digest)) continue;
    const key = leafKey(batch, digest);
    const batches = later.get(key) ?? [];
    batches.push(batch);
    later.set(key, batches);
    again++;
  }
  function* records(): Generator<AnchoredRecord> {
    for (const { batch, digest } of membersOf(replay)) {
      if (!isFirst(replay, batch, digest)) continue;
      const leaf = to0x(leafOf(batch.agency, batch.kind, digest, keccak));
      yield { batches: [batch, ...(later.get(leafKey(batch, digest)) ?? [])], digest: bytesToHex(digest), leaf };
    }
  }
  return { count: replay.counts().records - again, records: records() };
}

function* membersOf(replay: Replay): Generator<{ batch: ReplayedBatch; digest: Uint8Array }> {
  for (const [index, batch] of replay.batches().entries()) {
    const digests = replay.digestsOf(index);
    for (let at = 0; at < digests.length; at += 32) yield { batch, digest: digests.subarray(at, at + 32) };
  }
}

function isFirst(replay: Replay, batch: ReplayedBatch, digest: Uint8Array): boolean {
  return replay.record(batch.agency, batch.kind, digest) === batch;
}

/** What a leaf is the hash of. */
function leafKey({ agency, kind }: ReplayedBatch, digest: Uint8Array): string {
  return `${agency} ${kind} ${bytesToHex(digest)}`;
}
