import type { Hex } from "../bytes.ts";

const DIGEST = 32;

/** A batch as its event tells it. */
export interface ReplayedBatch {
  readonly agency: string;
  readonly kind: number;
  readonly root: Hex;
  readonly count: number;
  readonly blockNumber: number;
  /** seconds of Unix time */
  readonly blockTime: number;
  readonly blockHash: string;
  readonly transaction: string;
  readonly logIndex: number;
}

/** Every record of the ledger, with the batch that anchored it first: some 50 bytes a record, and no object. */
export interface RecordTable {
  /** `leaves` are those of `digests`, in their order. */
  append(batch: ReplayedBatch, digests: Uint8Array, leaves: Uint8Array): void;
  /** The first batch that holds this record. `leaf` is that of the others. */
  find(leaf: Uint8Array, agency: string, kind: number, digest: Uint8Array): ReplayedBatch | undefined;
  batches(): readonly ReplayedBatch[];
  /** The digests of the batch at `index` of `batches()`, 32 bytes each. Valid until the next append. */
  digestsOf(index: number): Uint8Array;
  readonly count: number;
}

/**
 * An open-addressing index over one long array of digests. A slot holds the record's place plus one, 0 if free; the key of a record
 * is the first 32 bits of its leaf, which is a hash.
 */
export function createRecordTable(): RecordTable {
  const batches: ReplayedBatch[] = [];
  const firsts: number[] = [];
  let count = 0;
  let digests = new Uint8Array(1024 * DIGEST);
  let keys = new Uint32Array(1024);
  let slots = new Int32Array(4096);

  function reserve(wanted: number): void {
    if (wanted <= keys.length) return;
    let size = keys.length;
    while (size < wanted) size *= 2;
    digests = grown(digests, new Uint8Array(size * DIGEST));
    keys = grown(keys, new Uint32Array(size));
    const old = slots;
    slots = new Int32Array(size * 4);
    for (const place of old) if (place !== 0) slots[freeSlot(keys[place - 1] ?? 0)] = place;
  }
  function freeSlot(key: number): number {
    let slot = key & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    return slot;
  }
  function batchAt(place: number): ReplayedBatch | undefined {
    return batches[lastNotAbove(firsts, place)];
  }
  function find(leaf: Uint8Array, leafAt: number, agency: string, kind: number, digest: Uint8Array, digestAt: number) {
    const key = keyOf(leaf, leafAt);
    for (let slot = key & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const place = (slots[slot] ?? 0) - 1;
      if (place < 0) return undefined;
      if (keys[place] !== key || !sameDigest(digests, place * DIGEST, digest, digestAt)) continue;
      const batch = batchAt(place);
      if (batch?.agency === agency && batch.kind === kind) return batch;
    }
  }

  return {
    append(batch, added, leaves) {
      reserve(count + added.length / DIGEST);
      digests.set(added, count * DIGEST);
      batches.push(batch);
      firsts.push(count);
      for (let at = 0; at < added.length; at += DIGEST) {
        const key = keyOf(leaves, at);
        keys[count] = key;
        if (find(leaves, at, batch.agency, batch.kind, added, at) === undefined) slots[freeSlot(key)] = count + 1;
        count++;
      }
    },
    find: (leaf, agency, kind, digest) => find(leaf, 0, agency, kind, digest, 0),
    batches: () => batches,
    digestsOf: (index) => digests.subarray((firsts[index] ?? count) * DIGEST, (firsts[index + 1] ?? count) * DIGEST),
    get count() {
      return count;
    },
  };
}

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function keyOf(leaf: Uint8Array, at: number): number {
  return (
    (((leaf[at] ?? 0) << 24) | ((leaf[at + 1] ?? 0) << 16) | ((leaf[at + 2] ?? 0) << 8) | (leaf[at + 3] ?? 0)) >>> 0
  );
}

function sameDigest(a: Uint8Array, atA: number, b: Uint8Array, atB: number): boolean {
  for (let i = 0; i < DIGEST; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}

/** The last index whose value is at most `value`. */
function lastNotAbove(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
