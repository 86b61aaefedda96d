import type { AnchoredRecord } from "./anchored-records.ts";
import type { MissingRecord, MissingRecords } from "./report.ts";

/** Records that the report names one by one; the others it counts. */
const NAMED_IN_REPORT = 1000;
/** Records that the report's page, and what is printed, name one by one. */
export const NAMED_FOR_PEOPLE = 20;

/** Takes in what is missing, in a memory that does not grow with it: `say` hears of every record, the report of the first thousand. */
export interface MissingList {
  add(record: MissingRecord): void;
  /** undefined: nothing is missing */
  all(): MissingRecords | undefined;
}

/** `where`: "in the database" */
export function createMissingList(where: string, say: (sentence: string) => void): MissingList {
  const named: MissingRecord[] = [];
  let count = 0;
  let from = Number.MAX_SAFE_INTEGER;
  let to = 0;
  return {
    add(record) {
      const { digest, agency, kind, block } = record;
      say(`not ${where}: ${digest} of agency ${agency}, kind ${kind}, block ${block}`);
      count++;
      from = Math.min(from, block);
      to = Math.max(to, block);
      if (named.length < NAMED_IN_REPORT) named.push(record);
    },
    // A gateway is asked for several records at once, so that their answers come in any order.
    all: () => (count === 0 ? undefined : { count, blocks: { from, to }, first: named.toSorted(byBlock) }),
  };
}

function byBlock(one: MissingRecord, other: MissingRecord): number {
  return one.block - other.block || (one.digest < other.digest ? -1 : 1);
}

/** A record by its digest, and by the batch that anchored it first. */
export function missingRecord({ batches: [first], digest }: AnchoredRecord): MissingRecord {
  const { agency, kind, root, blockNumber: block } = first;
  return { digest, agency, kind, root, block };
}
