import { expect } from "chai";
import fc from "fast-check";
import { concatBytes, hexToBytes, to0x } from "../../core/bytes.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import { buildTree, orderBatch } from "../../core/ledger/merkle.ts";
import { batchSlot, batchWord, statusSlot, statusWord } from "../../core/ledger/slots.ts";
import { addresses, begin, chainId, credit, digestOf, justice, leaf } from "../core/ledger/scenario.ts";
import { market, ordinaryLedger, signerOf, type Scenario } from "../core/ledger/scenario.ts";
import { bytes18 } from "../core/ledger/synthetic.ts";
import { propertyRuns } from "../runs.ts";
import { createReplay } from "./stranger/replay.ts";
import { batchSlot as slotOfBatch, batchWord as wordOfBatch } from "./stranger/storage.ts";
import { statusSlot as slotOfStatus, statusWord as wordOfStatus } from "./stranger/storage.ts";
import { batchOf, rootFrom, rootOf } from "./stranger/tree.ts";

/** Its keccak256 is plain and slow. */
const numRuns = Math.min(propertyRuns, 1000);
const hex32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex"));
const agency = fc.oneof({ arbitrary: fc.constant(market), weight: 3 }, fc.constantFrom(justice, credit));
const kind = fc.constantFrom(1, 1, 1, 4, 4, 2, 9);

type Step = (scenario: Scenario) => void;
const named = fc.constantFrom(
  ...[market, justice].flatMap((one) => [`${one} record`, `${one} other`, `${one} decision`]),
);

const anchoring = fc
  .record({
    agency,
    kind,
    digests: fc.uniqueArray(fc.oneof(hex32, named.map(digestOf)), { minLength: 1, maxLength: 6 }),
    other: fc.option(
      fc.constantFrom({ count: 7 }, { root: `0x${"7".repeat(64)}` }, { deadline: 3n }, { signer: "0x00" }),
    ),
  })
  .map(
    (given): Step =>
      (scenario) =>
        scenario.anchor(given.agency, given.kind, given.digests, given.other ?? {}),
  );

const setting = fc
  .record({
    actor: agency,
    agency,
    kind: fc.constantFrom(1, 1, 1, 4),
    digest: named.map(digestOf),
    version: fc.constantFrom(1, 1, 1, 2),
    effect: fc.integer({ min: 0, max: 6 }),
    basis: named.map(digestOf),
  })
  .map(
    (given): Step =>
      (scenario) =>
        scenario.status(given),
  );

const registering = fc
  .record({
    agency,
    other: agency,
    time: fc.integer({ min: 0, max: begin + 999 }),
    bits: fc.integer({ min: 0, max: 255 }),
  })
  .chain(({ agency: code, other, time, bits }) =>
    fc.constantFrom<Step>(
      (scenario) => scenario.enrol(code.replace("1", "2")),
      (scenario) => scenario.emit("AgencyRenamed", [bytes18(code), "x".repeat(bits * 3)]),
      (scenario) => scenario.emit("KindsSet", [bytes18(code), bits & ~1]),
      (scenario) => scenario.emit("KindsSet", [bytes18(code), bits]),
      (scenario) => scenario.emit("SignerSet", [bytes18(code), signerOf(other), time, begin + 500]),
      (scenario) => scenario.emit("SignerSet", [bytes18(code), `0x${"5a".repeat(bits)}`, 0, 9]),
      (scenario) => scenario.emit("SuspensionSet", [bytes18(code), bits > 200]),
      (scenario) => scenario.emit("OversightSet", [bytes18(other), bytes18(code), bits & 0b101110]),
      (scenario) => scenario.emit("OversightSet", [bytes18(other), bytes18(code), bits]),
    ),
  );

/** One hexadecimal digit of a log's topics or data is another, or a digit too many. */
const spoiling = fc.record({ at: fc.nat(), digit: fc.constantFrom("0", "1", "7", "f") }).map(({ at, digit }): Step => {
  return ({ logs }) => {
    const log = logs.pop()!;
    const data = log.data.slice(2);
    const place = at % (data.length + 1);
    logs.push({ ...log, data: `0x${data.slice(0, place)}${digit}${data.slice(place + 1)}` });
  };
});

const steps = fc.array(
  fc.oneof(
    { arbitrary: anchoring, weight: 4 },
    { arbitrary: setting, weight: 6 },
    { arbitrary: registering, weight: 3 },
    { arbitrary: spoiling, weight: 1 },
  ),
  { minLength: 1, maxLength: 8 },
);

describe("a stranger and the core agree on a ledger's", function () {
  this.timeout(20_000 + 100 * numRuns);

  it("roots and paths", () => {
    fc.assert(
      fc.property(agency, kind, fc.uniqueArray(hex32, { minLength: 1, maxLength: 20 }), (code, number, digests) => {
        const batch = batchOf(code, number, digests);
        const ordered = orderBatch(code, number, concatBytes(...digests.map(hexToBytes)), nobleKeccak);
        expect(batch.digests.join("")).to.equal(to0x(ordered.digests).slice(2));
        expect(batch.root).to.equal(to0x(ordered.root));
        expect(batch.root).to.equal(rootOf(batch.leaves));
        const tree = buildTree(ordered.leaves, nobleKeccak);
        batch.paths.forEach((path, i) => expect(path).to.deep.equal(tree.proof(i).map(to0x)));
        expect(rootFrom(batch.leaves.at(-1)!, batch.paths.at(-1)!)).to.equal(batch.root);
      }),
      { numRuns },
    );
  });

  it("heads, state and first fault, whatever happens in it", () => {
    const met = new Set<string | undefined>();
    fc.assert(
      fc.property(steps, (taken) => {
        const scenario = ordinaryLedger();
        for (const step of taken) step(scenario);
        const { replay, divergence } = scenario.replay();
        const stranger = createReplay({ chainId, ...addresses });
        const last = scenario.logs.find((log) => stranger.take(log, log.blockTimestamp ?? 0) !== undefined);
        met.add(divergence?.code);
        expect(last?.blockNumber).to.equal(divergence?.where.block);
        expect(stranger.heads).to.deep.equal(replay.heads());
        expect([...stranger.batches.keys()]).to.deep.equal(replay.batches().map(({ root }) => root));
        for (const [key, { effect, version, time, basis }] of stranger.statuses) {
          const known = replay.status(key as `0x${string}`)!; // as: a leaf of the stranger's
          expect(wordOfStatus({ effect, version, time, basis })).to.equal(statusWord(known, nobleKeccak));
        }
        expect(stranger.statuses.size).to.equal(replay.statuses().size);
      }),
      { numRuns, examples: [[[]]] },
    );
    expect(met.has(undefined), "a ledger that breaks no rule").to.equal(true);
    expect(met.size).to.be.at.least(8);
  });

  it("storage", () => {
    const root = `0x${digestOf("root")}` as const;
    const key = leaf(market, 1, digestOf("record")) as `0x${string}`; // as: what ethers hashes
    expect(slotOfBatch(root)).to.equal(batchSlot(root, nobleKeccak));
    expect(slotOfStatus(key)).to.equal(statusSlot(key, nobleKeccak));
    const batch = { agency: market, kind: 3, count: 500, blockTime: begin };
    expect(wordOfBatch({ ...batch, time: begin })).to.equal(batchWord(batch));
  });
});
