import type { DivergenceCode } from "../../../core/ledger/divergence.ts";
import type { RawLog } from "../../../core/ledger/events.ts";
import { addresses, begin, credit, digestOf, justice, leaf, market, signerOf, type Scenario } from "./scenario.ts";
import { bytes18 } from "./synthetic.ts";

const record = digestOf(`${market} record`);
const decision = digestOf(`${market} decision`);
const stranger = "11440310XX0001038E";

/** What one more log, after an ordinary ledger, is found to break: at least one way for each code. */
export const brokenLedgers: Record<DivergenceCode, Record<string, (scenario: Scenario) => void>> = {
  MALFORMED_LOG: {
    "an event of nobody": (s) => retouch(s, { topics: [`0x${"00".repeat(32)}`] }),
    "a byte too many": (s) => retouch(s, { data: `0x${"00".repeat(33)}` }),
  },
  OUT_OF_ORDER: {
    "an older block": (s) => retouch(s, { blockNumber: 3 }),
    "the same log twice": (s) => s.logs.push(last(s)),
    "an older log of the block": (s) => retouch(s, { blockNumber: last(s).blockNumber, logIndex: 0 }),
  },
  FOREIGN_LOG: {
    "a batch from the register": (s) => {
      s.anchor(market, 1, [digestOf("x")]);
      s.logs.push({ ...taken(s), address: addresses.agencies });
    },
    "an enrolment from the ledger": (s) => s.emit("AgencyEnrolled", [bytes18(stranger), "x"], addresses.ledger),
    "a third contract": (s) => s.emit("AgencyEnrolled", [bytes18(stranger), "x"], `0x${"33".repeat(20)}`),
  },
  ALREADY_ENROLLED: { "a second enrolment": (s) => s.emit("AgencyEnrolled", [bytes18(market), "again"]) },
  NOT_ENROLLED: {
    "a name": (s) => s.emit("AgencyRenamed", [bytes18(stranger), "x"]),
    kinds: (s) => s.emit("KindsSet", [bytes18(stranger), 2]),
    "a signer": (s) => s.emit("SignerSet", [bytes18(stranger), signerOf(stranger), 0, 1]),
    "a suspension": (s) => s.emit("SuspensionSet", [bytes18(stranger), true]),
    "an overseen agency": (s) => s.emit("OversightSet", [bytes18(market), bytes18(stranger), 2]),
    "an overseer": (s) => s.emit("OversightSet", [bytes18(stranger), bytes18(market), 2]),
    "a batch": (s) => s.anchor(stranger, 1, [digestOf("x")]),
    "an actor": (s) => s.status({ digest: record, effect: 2, basis: decision, actor: stranger }),
  },
  NAME_LENGTH: {
    none: (s) => s.emit("AgencyRenamed", [bytes18(market), ""]),
    "601 bytes": (s) => s.emit("AgencyEnrolled", [bytes18(stranger), "x".repeat(601)]),
  },
  INVALID_KINDS: { "kind 0": (s) => s.emit("KindsSet", [bytes18(market), 3]) },
  SIGNER_LENGTH: {
    "19 bytes": (s) => s.emit("SignerSet", [bytes18(market), `0x${"01".repeat(19)}`, 0, 1]),
    "1,025 bytes": (s) => s.emit("SignerSet", [bytes18(market), `0x${"01".repeat(1025)}`, 0, 1]),
  },
  INVALID_PERIOD: { "an end before the begin": (s) => s.emit("SignerSet", [bytes18(market), signerOf(market), 5, 4]) },
  INVALID_OVERSIGHT: {
    SUPERSEDED: (s) => s.emit("OversightSet", [bytes18(justice), bytes18(market), 0b010000]),
    NONE: (s) => s.emit("OversightSet", [bytes18(justice), bytes18(market), 0b000001]),
    "a sixth": (s) => s.emit("OversightSet", [bytes18(justice), bytes18(market), 0b1000000]),
  },
  SELF_OVERSIGHT: { "over itself": (s) => s.emit("OversightSet", [bytes18(market), bytes18(market), 2]) },
  SUSPENDED: {
    "a batch": (s) => {
      s.emit("SuspensionSet", [bytes18(market), true]);
      s.anchor(market, 1, [digestOf("x")]);
    },
    "a status": (s) => {
      s.emit("SuspensionSet", [bytes18(market), true]);
      s.status({ digest: record, effect: 2, basis: decision });
    },
  },
  KIND_NOT_ALLOWED: {
    "never allowed": (s) => s.anchor(market, 5, [digestOf("x")]),
    "taken away": (s) => {
      s.emit("KindsSet", [bytes18(market), 0b11100]);
      s.anchor(market, 1, [digestOf("x")]);
    },
  },
  SIGNER_NOT_VALID: {
    "of another agency": (s) => s.anchor(market, 1, [digestOf("x")], { signer: signerOf(justice) }),
    "a second too late": (s) => {
      s.emit("SignerSet", [bytes18(market), signerOf(market), 0, begin + 10 * (s.logs.length + 1) - 1]);
      s.anchor(market, 1, [digestOf("x")]);
    },
    "a second too early": (s) => {
      s.emit("SignerSet", [bytes18(market), signerOf(market), begin + 10 * (s.logs.length + 1) + 1, 2 ** 40 - 1]);
      s.anchor(market, 1, [digestOf("x")]);
    },
    "a status": (s) => s.status({ digest: record, effect: 2, basis: decision, signer: signerOf(justice) }),
  },
  ACTOR_NOT_ALLOWED: {
    "no overseer": (s) => s.status({ digest: record, effect: 2, basis: decision, actor: credit }),
    "an overseer for other effects": (s) => s.status({ digest: record, effect: 3, basis: decision, actor: justice }),
    "oversight the other way round": (s) =>
      s.status({ agency: justice, digest: digestOf(`${justice} record`), effect: 2, basis: decision }),
    "oversight that was taken away": (s) => {
      s.emit("OversightSet", [bytes18(justice), bytes18(market), 0]);
      s.status({ digest: record, effect: 2, basis: decision, actor: justice });
    },
  },
  COUNT_MISMATCH: {
    more: (s) => s.anchor(market, 1, [digestOf("x")], { count: 2 }),
    fewer: (s) => s.anchor(market, 1, [digestOf("x"), digestOf("y")], { count: 1 }),
    none: (s) => s.anchor(market, 1, [digestOf("x")], { count: 0, digests: [] }),
  },
  LEAVES_NOT_ASCENDING: {
    descending: (s) => {
      const pair = [digestOf("x"), digestOf("y")].sort((a, b) => (leaf(market, 1, a) < leaf(market, 1, b) ? 1 : -1));
      s.anchor(market, 1, pair, { digests: pair.map((digest) => `0x${digest}`) });
    },
    "the same twice": (s) =>
      s.anchor(market, 1, [digestOf("x")], { count: 2, digests: [`0x${record}`, `0x${record}`] }),
  },
  ROOT_MISMATCH: {
    "another root": (s) => s.anchor(market, 1, [digestOf("x")], { root: `0x${digestOf("root")}` }),
    "another digest": (s) => s.anchor(market, 1, [digestOf("x")], { digests: [`0x${digestOf("y")}`] }),
  },
  DUPLICATE_ROOT: { "the same batch": (s) => s.anchor(market, 4, [decision]) },
  DEADLINE_PASSED: {
    "a second": (s) => s.anchor(market, 1, [digestOf("x")], { deadline: BigInt(begin + 10 * s.logs.length - 1) }),
  },
  LEAF_MISMATCH: {
    "of another record": (s) =>
      s.status({ digest: record, effect: 2, basis: decision, leaf: leaf(market, 1, digestOf(`${market} other`)) }),
  },
  RECORD_NOT_ANCHORED: {
    "not at all": (s) => s.status({ digest: digestOf("x"), effect: 2, basis: decision }),
    "as another kind": (s) => s.status({ digest: record, effect: 2, basis: decision, kind: 2 }),
  },
  VERSION_MISMATCH: {
    "one left out": (s) => s.status({ digest: record, effect: 2, basis: decision, version: 2 }),
    zero: (s) => s.status({ digest: record, effect: 2, basis: decision, version: 0 }),
    "the same again": (s) => {
      s.status({ digest: record, effect: 2, basis: decision });
      s.status({ digest: record, effect: 3, basis: decision });
    },
  },
  TERMINAL_STATUS: {
    WITHDRAWN: (s) => {
      s.status({ digest: record, effect: 5, basis: decision });
      s.status({ digest: record, effect: 1, basis: decision, version: 2 });
    },
    SUPERSEDED: (s) => {
      s.status({ digest: record, effect: 4, basis: digestOf(`${market} other`) });
      s.status({ digest: record, effect: 4, basis: decision, version: 2 });
    },
  },
  INVALID_EFFECT: {
    NONE: (s) => s.status({ digest: record, effect: 0, basis: decision }),
    "a sixth": (s) => s.status({ digest: record, effect: 6, basis: decision }),
  },
  BASIS_NOT_ANCHORED: {
    nothing: (s) => s.status({ digest: record, effect: 2, basis: digestOf("x") }),
    "a record of another kind": (s) => s.status({ digest: record, effect: 2, basis: digestOf(`${market} other`) }),
    "a successor, but not superseded": (s) =>
      s.status({ digest: record, effect: 5, basis: digestOf(`${market} other`) }),
    "a successor of another agency": (s) =>
      s.status({ digest: record, effect: 4, basis: digestOf(`${justice} record`) }),
    "its own successor": (s) => s.status({ digest: record, effect: 4, basis: record }),
    "a decision that is anchored after it": (s) => {
      s.status({ digest: record, effect: 2, basis: digestOf("late") });
      s.anchor(market, 4, [digestOf("late")]);
    },
  },
};

function last(scenario: Scenario): RawLog {
  const log = scenario.logs.at(-1);
  if (log === undefined) throw new Error("a scenario with logs");
  return log;
}

function taken(scenario: Scenario): RawLog {
  const log = last(scenario);
  scenario.logs.pop();
  return log;
}

/** Adds a sound log, but for what is given. */
function retouch(scenario: Scenario, other: Partial<RawLog>): void {
  scenario.emit("KindsSet", [bytes18(market), 30]);
  scenario.logs.push({ ...taken(scenario), ...other });
}
