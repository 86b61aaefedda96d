import { expect } from "chai";
import fc from "fast-check";
import { effectCode } from "../../../core/ledger/effect.ts";
import { propertyRuns } from "../../runs.ts";
import { ClerksLedger, type Attempt } from "./model.ts";
import { begin, createScenario, credit, digestOf, justice, leaf, market, signerOf, type Scenario } from "./scenario.ts";
import { bytes18 } from "./synthetic.ts";

const agency = fc.constantFrom(market, justice, credit);
/** Mostly one agency, so that something happens before a rule is broken. */
const actor = fc.oneof({ arbitrary: fc.constant(market), weight: 4 }, { arbitrary: agency, weight: 1 });
const kind = fc.oneof({ arbitrary: fc.constantFrom(1, 4), weight: 9 }, { arbitrary: fc.constant(2), weight: 1 });
const record = fc.integer({ min: 0, max: 3 });
const effect = fc.integer({ min: 1, max: 5 });
const bits = (max: number): fc.Arbitrary<number[]> => fc.uniqueArray(fc.integer({ min: 1, max }), { maxLength: 4 });
const time = fc.integer({ min: begin, max: begin + 400 });

const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  {
    arbitrary: fc.record({
      do: fc.constant("anchor" as const),
      agency: actor,
      kind,
      records: fc.uniqueArray(record, { minLength: 1 }),
    }),
    weight: 8,
  },
  {
    arbitrary: fc.record({
      do: fc.constant("status" as const),
      actor,
      agency: actor,
      kind,
      record,
      effect,
      version: fc.integer({ min: 1, max: 2 }),
      basis: record,
    }),
    weight: 10,
  },
  { arbitrary: fc.record({ do: fc.constant("enrol" as const), agency }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant("kinds" as const), agency, kinds: bits(4) }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant("signer" as const), agency, from: time, until: time }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant("suspend" as const), agency, suspended: fc.boolean() }), weight: 1 },
  {
    arbitrary: fc.record({ do: fc.constant("oversee" as const), overseer: agency, agency: actor, effects: bits(5) }),
    weight: 2,
  },
);

/** What every ledger begins with: two agencies that may write and sign, and a decision of each. */
const opening: readonly Attempt[] = [market, justice].flatMap((name): Attempt[] => [
  { do: "enrol", agency: name },
  { do: "kinds", agency: name, kinds: [1, 2, 3, 4] },
  { do: "signer", agency: name, from: 0, until: 2 ** 40 - 1 },
  { do: "anchor", agency: name, kind: 4, records: [0] },
]);

const digest = (number: number): string => digestOf(`record ${number}`);
const set = (members: readonly number[]): bigint => members.reduce((all, member) => all | (1n << BigInt(member)), 0n);

function emit(scenario: Scenario, done: Attempt): void {
  switch (done.do) {
    case "enrol": {
      scenario.emit("AgencyEnrolled", [bytes18(done.agency), "a name"]);
      return;
    }
    case "kinds": {
      scenario.emit("KindsSet", [bytes18(done.agency), set(done.kinds)]);
      return;
    }
    case "signer": {
      scenario.emit("SignerSet", [bytes18(done.agency), signerOf(done.agency), done.from, done.until]);
      return;
    }
    case "suspend": {
      scenario.emit("SuspensionSet", [bytes18(done.agency), done.suspended]);
      return;
    }
    case "oversee": {
      scenario.emit("OversightSet", [bytes18(done.overseer), bytes18(done.agency), set(done.effects)]);
      return;
    }
    case "anchor": {
      scenario.anchor(done.agency, done.kind, done.records.map(digest));
      return;
    }
    case "status": {
      scenario.status({ ...done, digest: digest(done.record), basis: digest(done.basis) });
      return;
    }
  }
}

/** Does what can be done, up to the first attempt that is refused. */
function firstRefusal(clerk: ClerksLedger, all: readonly Attempt[]): { refused: number; code: string | undefined } {
  for (const [index, item] of all.entries()) {
    const code = clerk.attempt(item, begin + 10 * index);
    if (code !== undefined) return { refused: index, code };
  }
  return { refused: -1, code: undefined };
}

describe("replay beside a clerk who keeps the ledger by hand", () => {
  it("stops at the same log for the same reason, with the same state before it", () => {
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 1, maxLength: 25 }), (attempts) => {
        const scenario = createScenario();
        const all = [...opening, ...attempts];
        for (const item of all) emit(scenario, item);
        const first = new ClerksLedger();
        const { refused, code } = firstRefusal(first, all);
        const { replay, divergence } = scenario.replay();

        expect(divergence?.code).to.equal(code);
        expect(replay.counts().events).to.equal(refused === -1 ? scenario.logs.length : refused);
        expect([...replay.agencies().keys()]).to.deep.equal(first.enrolled);
        expect(replay.counts().records).to.equal(first.anchored.length);
        const statuses = Object.entries(first.statuses).map(([name, status]) => {
          const [owner = "", ofKind, number] = name
            .split(" ")
            .map((part, index) => (index === 0 ? part : Number(part)));
          const replayed = replay.status(`0x${leaf(String(owner), Number(ofKind), digest(Number(number))).slice(2)}`);
          expect(replayed && { effect: effectCode(replayed.effect), version: replayed.version }).to.deep.equal(status);
          return name;
        });
        expect(replay.statuses().size).to.equal(statuses.length);
      }),
      { numRuns: Math.max(300, Math.min(propertyRuns, 3000)) },
    );
  }).timeout(120_000);

  it("meets every rule that it is about", () => {
    const samples = fc.sample(fc.array(attempt, { minLength: 1, maxLength: 25 }), { numRuns: 2000, seed: 1 });
    const seen = new Set(samples.map((attempts) => firstRefusal(new ClerksLedger(), [...opening, ...attempts]).code));
    expect([...seen]).to.include.members([
      undefined,
      ...["ALREADY_ENROLLED", "NOT_ENROLLED", "INVALID_PERIOD", "SELF_OVERSIGHT", "INVALID_OVERSIGHT", "SUSPENDED"],
      ...["KIND_NOT_ALLOWED", "SIGNER_NOT_VALID", "ACTOR_NOT_ALLOWED", "DUPLICATE_ROOT", "RECORD_NOT_ANCHORED"],
      ...["TERMINAL_STATUS", "VERSION_MISMATCH", "BASIS_NOT_ANCHORED"],
    ]);
  });
});
