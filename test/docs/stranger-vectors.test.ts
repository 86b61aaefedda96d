import { expect } from "chai";
import { readVector, vectorReasons } from "../vectors/read.ts";
import { hashText, keccak256, type Algorithm } from "./stranger/hash.ts";
import { entry, extended, seed } from "./stranger/journal.ts";
import { canonical, parse, type Json, type JsonObject } from "./stranger/json.ts";
import { decode, type Log } from "./stranger/logs.ts";
import { isPerson, publicView, shownNames } from "./stranger/public-view.ts";
import { commitment, notarise, salts, schemaHash, type Disclosure, type Input } from "./stranger/record.ts";
import { createReplay, type Ledger } from "./stranger/replay.ts";
import { readSchema } from "./stranger/schema.ts";
import { batchOf, leafOf, rootFrom } from "./stranger/tree.ts";
import { follows } from "./stranger/values.ts";

interface Cases<T> {
  cases: T[];
}

interface DigestCase extends Omit<Input, "schema" | "seed"> {
  what: string;
  kind: string;
  seed: string;
  expected: object;
}

interface RootCase {
  agency: string;
  kind: number;
  digests: string[];
  orderedDigests: string[];
  leaves: string[];
  root: string;
  paths: string[][];
}

interface Journal extends Ledger {
  seeds: { ledger: string; agencies: string };
  steps: { contract: "ledger" | "agencies"; log: Log & { blockTimestamp: number }; entry: string; head: string }[];
}

interface Broken extends Ledger {
  logs: Journal["steps"][number]["log"][];
  divergence: { code: string; where: { block: number } };
}

/** Rules of the gateway's that take more than one field; and files whose code is a value's, and whose rule is not. */
const betweenFields = [
  ..."DATES_REVERSED FORBIDDEN_HERE INVALID_CITIZEN_ID NOT_POSTING_AGENCY NUMBERING".split(" "),
  ..."PERSONAL_DATA REPEATED_ITEM REQUIRED_HERE SUM_MISMATCH TOO_FEW".split(" "),
];
const byOtherFields = ["invalid-uscc-of-party", "invalid-uscc-placeholder-of-company"];

const valid = <T>(name: string): T[] => readVector<Cases<T>>("valid", name).cases;

describe("a stranger with the protocol's page and the vectors", () => {
  it("writes RFC 8785", () => {
    for (const { text, canonical: expected } of valid<{ text: string; canonical: string }>("json_canonical"))
      expect(canonical(JSON.parse(text) as Json)).to.equal(expected);
    const numbers = valid<{ bits: string; text: string | null }>("json_number").filter(({ text }) => text !== null);
    for (const { bits, text } of numbers) expect(canonical(Buffer.from(bits, "hex").readDoubleBE())).to.equal(text);
  });

  for (const reason of vectorReasons("invalid", "json_"))
    it(`refuses JSON that is wrong: ${reason}`, () => {
      const { text } = readVector<{ text: string }>("invalid", `json_${reason}`);
      expect(() => parse(text)).to.throw();
    });

  it("hashes as OpenSSL, and keccak256 as Ethereum", () => {
    expect(hashText("sha-256", "a", "b")).to.equal("7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78");
    expect(keccak256(Buffer.alloc(0)).toString("hex")).to.equal(
      "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    );
  });

  it("hashes schemas, salts and disclosures", () => {
    const schemas = valid<{ algorithm: Algorithm; kind: string; schemaHash: string }>("record_schema-hash");
    for (const { algorithm, kind, schemaHash: expected } of schemas)
      expect(schemaHash(algorithm, readSchema(kind))).to.equal(expected);
    for (const { seed: secret, count, salts: expected } of valid<{ seed: string; count: number; salts: string[] }>(
      "record_salts",
    ))
      expect(salts(Buffer.from(secret, "hex"), count)).to.deep.equal(expected);
    type Committed = { algorithm: Algorithm; disclosure: Disclosure; text: string; commitment: string };
    for (const { algorithm, disclosure, text, commitment: expected } of valid<Committed>("record_commitment")) {
      expect(canonical(disclosure)).to.equal(text);
      expect(commitment(algorithm, disclosure)).to.equal(expected);
    }
  });

  for (const { what, kind, seed: secret, expected, ...input } of valid<DigestCase>("record_digest"))
    it(`computes the digest of ${what} by ${input.algorithm}`, () => {
      const record = notarise({ ...input, schema: readSchema(kind), seed: Buffer.from(secret, "hex") });
      expect(record).to.deep.equal(expected);
    });

  it("sees what the public sees", () => {
    type View = { kind: string; content: JsonObject; person: boolean; publicContent: JsonObject; shown: string[] };
    for (const { kind, content, person, publicContent, shown } of valid<View>("record_public-view")) {
      expect(isPerson(content)).to.equal(person);
      expect(shownNames(readSchema(kind).fields, person)).to.deep.equal(shown);
      const views = readSchema(kind).fields.map((field): [string, Json] => {
        return [field.name, publicView(field, content[field.name] ?? null, person)];
      });
      expect(Object.fromEntries(views.filter(([, view]) => view !== null))).to.deep.equal(publicContent);
    }
  });

  it("tells which values follow a schema", () => {
    for (const { kind, content } of valid<DigestCase>("record_digest"))
      for (const field of readSchema(kind).fields)
        expect(follows(field, content[field.name] ?? null), field.name).to.equal(true);
  });

  for (const reason of vectorReasons("invalid", "record_"))
    it(`tells which values do not: ${reason}`, () => {
      type Refused = { kind: string; content: JsonObject; faults: { code: string; pointer: string }[] };
      const { kind, content, faults } = readVector<Refused>("invalid", `record_${reason}`);
      const { fields } = readSchema(kind);
      const wrong = fields.filter((field) => !follows(field, content[field.name] ?? null)).map(({ name }) => name);
      const own = faults.filter(({ code }) => !betweenFields.includes(code) && !byOtherFields.includes(reason));
      const blamed = new Set(own.map(({ pointer }) => pointer.split("/")[1]!));
      expect(wrong).to.have.members(fields.map(({ name }) => name).filter((name) => blamed.has(name)));
    });

  it("computes leaves, roots and paths", () => {
    type Leaf = { agency: string; kind: number; digest: string; leaf: string };
    for (const { agency, kind, digest, leaf } of valid<Leaf>("ledger_leaf"))
      expect(leafOf(agency, kind, digest)).to.equal(leaf);
    for (const { agency, kind, digests, orderedDigests, ...expected } of valid<RootCase>("ledger_root")) {
      const batch = batchOf(agency, kind, digests);
      expect(batch).to.deep.equal({ digests: orderedDigests, ...expected });
      const roots = batch.leaves.map((leaf, i) => rootFrom(leaf, batch.paths[i]!));
      expect(new Set(roots)).to.deep.equal(new Set([expected.root]));
    }
  });

  it("follows a journal, head by head, and replays it", () => {
    const { seeds, steps, ...ledger } = readVector<Journal>("valid", "ledger_journal");
    const heads = { ledger: seed(ledger.chainId, ledger.ledger), agencies: seed(ledger.chainId, ledger.agencies) };
    expect(heads).to.deep.equal(seeds);
    const replay = createReplay(ledger);
    for (const { contract, log, entry: expected, head } of steps) {
      expect(entry(decode(log), log.blockTimestamp)).to.equal(expected);
      heads[contract] = extended(heads[contract], expected);
      expect(heads[contract]).to.equal(head);
      expect(replay.take(log, log.blockTimestamp)).to.equal(undefined);
      expect(replay.heads).to.deep.equal(heads);
    }
  });

  for (const reason of vectorReasons("invalid", "ledger_"))
    it(`stops where a ledger is broken: ${reason}`, () => {
      const { logs, divergence, ...ledger } = readVector<Broken>("invalid", `ledger_${reason}`);
      const replay = createReplay(ledger);
      const faults = logs.map((log) => replay.take(log, log.blockTimestamp));
      const first = faults.findIndex((fault) => fault !== undefined);
      expect(faults[first]).to.equal(divergence.code);
      expect(logs[first]!.blockNumber).to.equal(divergence.where.block);
    });
});
