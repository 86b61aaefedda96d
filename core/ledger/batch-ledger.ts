import { to0x, type Hex } from "../bytes.ts";
import type { AgencyRegister } from "./agency-register.ts";
import type { Finding } from "./divergence.ts";
import type { Anchored } from "./events.ts";
import type { Keccak } from "./keccak.ts";
import { leafOf, leavesOf } from "./leaf.ts";
import { firstNotAscending, merkleRoot } from "./merkle.ts";
import { createRecordTable, type RecordTable, type ReplayedBatch } from "./record-table.ts";

/** Where an event stands in the chain. Times in seconds. */
export interface Place {
  readonly blockNumber: number;
  readonly blockTime: number;
  readonly blockHash: string;
  readonly transaction: string;
  readonly logIndex: number;
}

/** Every batch, rebuilt from its events: roots are computed again, and rights asked of the register. */
export interface BatchLedger {
  /** Takes the batch in, unless it breaks a rule. */
  apply(event: Anchored, place: Place): Finding | undefined;
  get(root: Hex): ReplayedBatch | undefined;
  /** The first batch that holds the record. */
  find(agency: string, kind: number, digest: Uint8Array): ReplayedBatch | undefined;
  readonly records: Pick<RecordTable, "batches" | "digestsOf" | "count">;
}

export function createBatchLedger(register: AgencyRegister, keccak: Keccak): BatchLedger {
  const roots = new Map<Hex, ReplayedBatch>();
  const records = createRecordTable();

  function apply(event: Anchored, place: Place): Finding | undefined {
    const { agency, kind, root, count, signer, digests } = event;
    const fault = register.anchoring(agency, kind, signer, place.blockTime) ?? shapeFault(event, place.blockTime);
    if (fault !== undefined) return fault;
    const leaves = leavesOf(agency, kind, digests, keccak);
    const index = firstNotAscending(leaves);
    if (index !== undefined) {
      return { code: "LEAVES_NOT_ASCENDING", expected: "ascending leaves", found: `leaf ${index} is not greater` };
    }
    const computed = to0x(merkleRoot(leaves, keccak));
    if (computed !== root) return { code: "ROOT_MISMATCH", expected: computed, found: root };
    if (roots.has(root)) return { code: "DUPLICATE_ROOT", expected: "a new root", found: root };
    const batch = { agency, kind, root, count, ...place };
    roots.set(root, batch);
    records.append(batch, digests, leaves);
    return undefined;
  }

  return {
    apply,
    records,
    get: (root) => roots.get(root),
    find: (agency, kind, digest) => records.find(leafOf(agency, kind, digest, keccak), agency, kind, digest),
  };
}

function shapeFault({ count, digests, deadline }: Anchored, blockTime: number): Finding | undefined {
  if (count === 0 || count * 32 !== digests.length) {
    return { code: "COUNT_MISMATCH", expected: `${digests.length / 32} records, at least 1`, found: `${count}` };
  }
  if (deadline >= BigInt(blockTime)) return undefined;
  return { code: "DEADLINE_PASSED", expected: `a block time up to ${deadline}`, found: `${blockTime}` };
}
