import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprintOf } from "./stranger/bundle.ts";
import { isObject, parse, type Json, type JsonObject } from "./stranger/json.ts";
import { schemaOf } from "./stranger/schema.ts";
import { trusted } from "./stranger/seals.ts";
import { verdictOn, type Seen, type Verdict } from "./stranger/verdict.ts";

interface Example {
  readonly certificate: Json;
  /** a name in the folder `trust` */
  readonly trust: string | null;
  readonly now?: string;
  readonly maxAgeSeconds?: number;
  readonly seen?: Seen;
  readonly expected: {
    readonly verdict: string;
    readonly cause: string | null;
    readonly checks: Readonly<Record<string, string>>;
    readonly says?: JsonObject;
  };
}

const folder = join(import.meta.dirname, "../vectors");
const read = (name: string): JsonObject => {
  const value = parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  if (!isObject(value)) throw new Error(`${name} is no object`);
  return value;
};
const namesIn = (sort: string): string[] => readdirSync(join(folder, sort)).map((file) => file.replace(".json", ""));

function verdictOf({ certificate, trust, now, maxAgeSeconds, seen }: Example): Verdict {
  const bundle = trust === null ? null : read(`certificates/trust/${trust}`);
  return verdictOn({ certificate, trust: bundle, now, maxAgeSeconds, seen, schemaOf });
}

/** The program's words for what the page says can be done. */
const causes: Readonly<Record<string, readonly string[]>> = {
  "get a newer verifier": ["SCHEMA_UNKNOWN"],
  "get a bundle": ["NO_TRUST_BUNDLE"],
  "get a newer bundle": ["BUNDLE_TOO_OLD", "SIGNER_UNKNOWN"],
  "renew the proof": ["FORMER_VALIDATORS"],
  "two blocks of one number": ["CONFLICTING_HEADERS"],
  "set the clock": ["IN_THE_FUTURE"],
  "too old": ["TOO_OLD"],
  "a newer status is known": ["OLDER_STATUS"],
};
const verdicts: Readonly<Record<string, string>> = {
  altered: "altered",
  unknown: "not in this ledger",
  unreachable: "could not be checked",
  stale: "stale",
};

describe("a stranger with the certificate's page", () => {
  it("shares no code with the program", () => {
    const sources = readdirSync(join(import.meta.dirname, "stranger")).map((file) =>
      readFileSync(join(import.meta.dirname, "stranger", file), "utf8"),
    );
    const imported = sources.flatMap((source) => Array.from(source.matchAll(/ from "(.*)";/g), ([, from]) => from));
    expect(imported).to.include("./verdict.ts");
    for (const from of imported) expect(from).to.match(/^(?:\.\/[a-z-]+\.ts|node:|@noble\/|ajv\/)/);
  });

  for (const name of namesIn("certificates/valid"))
    it(`finds genuine, and how it stands: ${name}`, () => {
      const example = read(`certificates/valid/${name}`) as unknown as Example; // as: the vectors' page says what it holds
      const { certificate, expected } = example;
      const { verdict, says } = verdictOf(example);
      expect(verdict).to.equal("genuine");
      const { since, anchoredAt, asOf, newest } = expected.says!;
      const effect = expected.verdict.toUpperCase().replace("-", "_");
      const { digest } = (certificate as { record: { digest: string } }).record; // as: it was found genuine
      const isSigned = expected.checks["signature"] === "VALID SIGNATURE_MATCHES";
      expect(says).to.deep.equal({ digest, effect, since, anchoredAt, asOf, newest, isSigned });
    });

  for (const name of namesIn("certificates/invalid"))
    it(`refuses, for a reason that counts: ${name}`, () => {
      const example = read(`certificates/invalid/${name}`) as unknown as Example; // as: the vectors' page says what it holds
      const { verdict, cause, checks } = example.expected;
      const found = verdictOf(example);
      expect(found.verdict).to.equal(verdicts[verdict]);
      const failed = Object.keys(checks).filter((id) => checks[id]!.startsWith("INVALID"));
      const reasons = cause === null ? failed.map((id) => id.replace("state-proof", "state")) : [cause];
      const told = found.because.flatMap((one) => causes[one] ?? [one]);
      expect(
        told.some((one) => reasons.includes(one)),
        `${told.join()} of ${reasons.join()}`,
      ).to.equal(true);
    });

  for (const name of ["certificates/trust", "trust"].flatMap((at) => namesIn(at).map((one) => `${at}/${one}`)))
    it(`reads and follows the bundle ${name}`, () => {
      const bundle = read(name);
      expect(trusted(bundle).sets.at(-1)?.validators).to.not.be.empty;
      const other = { ...bundle, deploymentBlock: 3 };
      expect(() => trusted(other)).to.throw("another fingerprint");
    });

  it("takes a bundle whose change of validators is not proven for none", () => {
    const bundle = read("certificates/trust/after-a-change");
    const [change] = bundle["transitions"] as unknown as [{ votes: readonly string[]; next: string }]; // as: the page says what it holds
    const facts = { ...bundle, transitions: [{ ...change, votes: change.votes.slice(1) }] };
    const altered = { ...facts, fingerprint: fingerprintOf(facts) };
    expect(() => trusted(altered)).to.throw("no change of QBFT's validators");
  });
});
