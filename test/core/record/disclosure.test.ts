import { expect } from "chai";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { hexToBytes } from "../../../core/bytes.ts";
import { nobleHasher, type HashAlgorithm } from "../../../core/hash.ts";
import {
  commitmentOf,
  deriveSalts,
  discloseAll,
  disclosureNames,
  type Disclosure,
} from "../../../core/record/disclosure.ts";
import { propertyRuns } from "../../runs.ts";
import { readVector } from "../../vectors/read.ts";
import { kindNamed, sample } from "../samples.ts";
import { secondHasher, secondShake256 } from "../second-hash.ts";
import { secondCanonical } from "../second-canonical.ts";

interface SaltCase {
  seed: string;
  count: number;
  salts: string[];
}

interface CommitmentCase {
  algorithm: HashAlgorithm;
  disclosure: Disclosure;
  text: string;
  commitment: string;
}

describe("the names of disclosures", () => {
  it("are the fields in schema order, each that can be masked followed by its public view", () => {
    expect(disclosureNames(kindNamed("credit-penalty")).slice(0, 3)).to.deep.equal([
      "counterpartName",
      "counterpartName.public",
      "counterpartType",
    ]);
    const counts = ["credit-penalty", "enforcement-action", "land-agreement", "status-decision"].map(
      (kind) => disclosureNames(kindNamed(kind)).length,
    );
    expect(counts).to.deep.equal([37, 21, 32, 10]);
  });
});

describe("salts", () => {
  const { cases } = readVector<{ cases: SaltCase[] }>("valid", "record_salts");
  for (const { seed, count, salts } of cases)
    it(`are the vector's, ${count} of the seed ${seed.slice(0, 8)}…, from either SHAKE-256`, () => {
      expect(deriveSalts(hexToBytes(seed), count)).to.deep.equal(salts);
      expect(deriveSalts(hexToBytes(seed), count, secondShake256)).to.deep.equal(salts);
      const stream = createHash("shake256", { outputLength: 16 * count })
        .update(`hufu.salts.v1\n`)
        .update(seed, "hex");
      expect(stream.digest("hex")).to.equal(salts.join(""));
    });

  it("do not change when more of them are asked for", () => {
    const seed = new Uint8Array(32).fill(5);
    expect(deriveSalts(seed, 40).slice(0, 7)).to.deep.equal(deriveSalts(seed, 7));
    expect(deriveSalts(seed, 0)).to.deep.equal([]);
  });

  it("all differ, within a record and between records", () => {
    const seeds = fc.uniqueArray(fc.uint8Array({ minLength: 32, maxLength: 32 }), {
      minLength: 2,
      maxLength: 5,
      selector: (seed) => Buffer.from(seed).toString("hex"),
    });
    fc.assert(
      fc.property(seeds, (list) => {
        const salts = list.flatMap((seed) => deriveSalts(seed, 40));
        expect(new Set(salts).size).to.equal(salts.length);
      }),
      { numRuns: Math.min(propertyRuns, 500) },
    );
  });
});

describe("a commitment", () => {
  const { cases } = readVector<{ cases: CommitmentCase[] }>("valid", "record_commitment");
  for (const { algorithm, disclosure, text, commitment } of cases)
    it(`is the vector's, of ${disclosure[1]} by ${algorithm}, also when computed a second way`, () => {
      expect(commitmentOf(disclosure, nobleHasher(algorithm))).to.equal(commitment);
      expect(secondCanonical(disclosure)).to.equal(text);
      expect(secondHasher(algorithm).hash("hufu.disclosure.v1", text)).to.equal(commitment);
    });

  it("is the hash of the RFC 8785 text, whatever is disclosed", () => {
    const hasher = { algorithm: "sha-256", hash: (domain: string, message: string) => `${domain}|${message}` } as const;
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: "binary" }), fc.jsonValue({ maxDepth: 2 }), (salt, name, value) => {
        const json = JSON.parse(JSON.stringify(value));
        expect(commitmentOf([salt, name, json], hasher)).to.equal(
          `hufu.disclosure.v1|${secondCanonical([salt, name, json])}`,
        );
      }),
      { numRuns: propertyRuns },
    );
  });
});

describe("all disclosures of a record", () => {
  const { kind: name, content, files = [] } = sample("SP-2026-0001");
  const kind = kindNamed(name);
  const salts = Array.from({ length: 40 }, (_, i) => i.toString(16).padStart(32, "0"));
  const all = discloseAll(kind, content, files, salts);

  it("are every field, present or not, then the files, with the salts in their order", () => {
    expect(all.map(([, disclosed]) => disclosed)).to.deep.equal([...disclosureNames(kind), "file/0", "file/1"]);
    expect(all.map(([salt]) => salt)).to.deep.equal(salts.slice(0, all.length));
    const value = (wanted: string): unknown => all.find(([, disclosed]) => disclosed === wanted)?.[2];
    expect(value("decisionDocNo")).to.equal(content["decisionDocNo"]);
    expect(value("remark")).to.equal(null);
    expect(value("legalRepName")).to.equal("林示例");
    expect(value("legalRepName.public")).to.equal("林*");
    expect(value("counterpartName.public")).to.equal(content["counterpartName"]);
  });

  it("say of a file what it is, and not whether it is withheld", () => {
    const { withheld, ...rest } = files[1]!;
    expect(withheld).to.equal(true);
    expect(all.at(-1)?.[2]).to.deep.equal(rest);
  });
});
