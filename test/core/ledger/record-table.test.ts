import { expect } from "chai";
import fc from "fast-check";
import { createRecordTable, type ReplayedBatch } from "../../../core/ledger/record-table.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { leafOf, leavesOf } from "../../../core/ledger/leaf.ts";
import { propertyRuns } from "../../runs.ts";

const agencies = ["11440310XX0001011N", "11440310XX0001070R"];

function batch(agency: string, kind: number, count: number, blockNumber: number): ReplayedBatch {
  const place = { blockNumber, blockTime: 0, blockHash: "0x", transaction: "0x", logIndex: 0 };
  return { agency, kind, root: `0x${blockNumber.toString(16)}`, count, ...place };
}

/** A digest out of a small world, so that the same one comes again under another agency, kind or batch. */
function digest(number: number): Uint8Array {
  return new Uint8Array(32).fill(number);
}

describe("the table of records", () => {
  it("finds each record in the batch that held it first, as a map of strings would", () => {
    const record = fc.integer({ min: 0, max: 12 });
    const append = fc.tuple(
      fc.constantFrom(...agencies),
      fc.integer({ min: 1, max: 3 }),
      fc.uniqueArray(record, { minLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(append, { maxLength: 12 }), (appends) => {
        const table = createRecordTable();
        const model = new Map<string, ReplayedBatch>();
        for (const [index, [agency, kind, numbers]] of appends.entries()) {
          const digests = new Uint8Array(numbers.flatMap((number) => [...digest(number)]));
          const entry = batch(agency, kind, numbers.length, index);
          table.append(entry, digests, leavesOf(agency, kind, digests, keccak));
          for (const number of numbers) {
            const key = `${agency} ${kind} ${number}`;
            if (!model.has(key)) model.set(key, entry);
          }
          expect(table.digestsOf(index)).to.deep.equal(digests);
        }
        for (const agency of agencies) {
          for (let kind = 1; kind <= 3; kind++) {
            for (let number = 0; number <= 12; number++) {
              const found = table.find(leafOf(agency, kind, digest(number), keccak), agency, kind, digest(number));
              expect(found).to.equal(model.get(`${agency} ${kind} ${number}`));
            }
          }
        }
        expect(table.batches()).to.have.length(appends.length);
        expect(table.count).to.equal(appends.reduce((sum, [, , numbers]) => sum + numbers.length, 0));
      }),
      { numRuns: Math.min(propertyRuns, 1000) },
    );
  });

  it("tells records apart whose leaves begin alike", () => {
    const table = createRecordTable();
    const [agency = ""] = agencies;
    const digests = new Uint8Array([...digest(1), ...digest(2)]);
    // Not real leaves: the same key twice, as an agency could arrange for with some work.
    const alike = new Uint8Array(64).fill(9);
    const only = batch(agency, 1, 2, 1);
    table.append(only, digests, alike);
    const leaf = alike.subarray(0, 32);
    expect(table.find(leaf, agency, 1, digest(1))).to.equal(only);
    expect(table.find(leaf, agency, 1, digest(2))).to.equal(only);
    expect(table.find(leaf, agency, 1, digest(3))).to.equal(undefined);
    expect(table.find(leaf, agency, 2, digest(2))).to.equal(undefined);
  });

  it("keeps every record while it grows", () => {
    const table = createRecordTable();
    const [agency = ""] = agencies;
    const size = 3000;
    const digests = new Uint8Array(32 * size);
    const view = new DataView(digests.buffer);
    for (let index = 0; index < size; index++) view.setUint32(32 * index, index + 1);
    const leaves = leavesOf(agency, 1, digests, keccak);
    for (let at = 0; at < size; at += 100) {
      const part = [digests, leaves].map((words) => words.subarray(32 * at, 32 * (at + 100)));
      const [some, ofSome] = part;
      if (some && ofSome) table.append(batch(agency, 1, 100, at / 100), some, ofSome);
    }
    expect(table.count).to.equal(size);
    for (let index = 0; index < size; index++) {
      const [leaf, hash] = [leaves, digests].map((words) => words.subarray(32 * index, 32 * index + 32));
      if (leaf && hash) expect(table.find(leaf, agency, 1, hash)?.blockNumber).to.equal(Math.floor(index / 100));
    }
  });
});
