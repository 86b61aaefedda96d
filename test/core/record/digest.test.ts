import { expect } from "chai";
import fc from "fast-check";
import { hexToBytes } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { hashAlgorithms, nobleHasher, type HashAlgorithm, type Hasher } from "../../../core/hash.ts";
import { schemaHash } from "../../../core/kinds/registry.ts";
import { computeDigest, notarise, type NotarisedRecord, type ToNotarise } from "../../../core/record/digest.ts";
import type { Content } from "../../../core/record/content.ts";
import type { FileEntry } from "../../../core/record/file.ts";
import { propertyRuns } from "../../runs.ts";
import { readVector } from "../../vectors/read.ts";
import { kindNamed, readSamples, sample } from "../samples.ts";
import { secondHasher, secondShake256 } from "../second-hash.ts";
import { secondCanonical } from "../second-canonical.ts";

interface DigestCase {
  what: string;
  algorithm: HashAlgorithm;
  kind: string;
  agency: string;
  recordId: string;
  amends: string | null;
  content: Content;
  files: FileEntry[];
  seed: string;
  expected: NotarisedRecord;
}

const hasher = nobleHasher("sha-256");

/** A sample, ready to be notarised. */
function toNotarise(recordId: string, change: Partial<ToNotarise> = {}): ToNotarise {
  const { kind, agency, content, files = [] } = sample(recordId);
  const seed = new Uint8Array(32).fill(9);
  return { kind: kindNamed(kind), agency, recordId, content, files, amends: null, seed, hasher, ...change };
}

const digestOf = (change: Partial<ToNotarise>): string => notarise(toNotarise("SP-2026-0001", change)).digest;

describe("a record's digest", () => {
  const { cases } = readVector<{ cases: DigestCase[] }>("valid", "record_digest");
  for (const { what, algorithm, seed, kind, expected, ...input } of cases)
    it(`is the vector's, of ${what} by ${algorithm}`, () => {
      const record = { ...input, kind: kindNamed(kind), seed: hexToBytes(seed) };
      expect(notarise({ ...record, hasher: nobleHasher(algorithm) })).to.deep.equal(expected);
      const second = notarise({ ...record, hasher: secondHasher(algorithm), xof: secondShake256 });
      expect(second).to.deep.equal(expected);
    });

  for (const { what, algorithm, expected } of cases)
    it(`comes from its parts by another program, of ${what} by ${algorithm}`, () => {
      const { header, disclosures, commitments, digest } = expected;
      const { hash } = secondHasher(algorithm);
      const all = disclosures.map((disclosure) => hash("hufu.disclosure.v1", secondCanonical(disclosure)));
      expect([...commitments, ...header.files]).to.deep.equal(all);
      expect(hash("hufu.record.v1", secondCanonical({ commitments, header }))).to.equal(digest);
    });

  it("is of another format, algorithm and schema than any other", () => {
    const { header } = notarise(toNotarise("SP-2026-0001", { amends: "b".repeat(64) }));
    expect(header).to.deep.include({
      format: 1,
      algorithm: "sha-256",
      kind: "credit-penalty",
      schemaVersion: 1,
      schemaHash: schemaHash(kindNamed("credit-penalty"), hasher),
      agency: "11440310XX0001011N",
      recordId: "SP-2026-0001",
      amends: "b".repeat(64),
    });
    expect(header.files).to.have.length(2);
  });

  it("is the same for the same input, and another for any other", () => {
    const { content, files = [] } = sample("SP-2026-0001");
    expect(digestOf({})).to.equal(digestOf({}));
    const changes: Partial<ToNotarise>[] = [
      { agency: "11440310XX0001038E" },
      { recordId: "SP-2026-0002" },
      { amends: "0".repeat(64) },
      { seed: new Uint8Array(32) },
      { files: [] },
      { files: files.toReversed() },
      { files: [{ ...files[0]!, size: 1 }, files[1]!] },
      { hasher: nobleHasher("sm3") },
      { kind: { ...kindNamed("credit-penalty"), version: 2 } },
      ...Object.keys(content).map((name) => ({ content: { ...content, [name]: "x" } })),
      ...Object.keys(content).map((name) => ({ content: { ...content, [name]: null } })),
    ];
    const digests = changes.map(digestOf);
    expect(new Set([digestOf({}), ...digests]).size).to.equal(digests.length + 1);
  });

  it("does not tell an absent field from null", () => {
    const { content } = sample("SP-2026-0001");
    expect(digestOf({ content: { ...content, remark: null } })).to.equal(digestOf({}));
  });

  it("has one commitment a place, the same number for every content of a kind", () => {
    const lengths = new Map<string, Set<number>>();
    for (const { recordId, kind } of readSamples().records) {
      const { commitments, disclosures, header } = notarise(toNotarise(recordId));
      expect(disclosures).to.have.length(commitments.length + header.files.length);
      lengths.set(kind, (lengths.get(kind) ?? new Set()).add(commitments.length));
    }
    for (const seen of lengths.values()) expect(seen.size).to.equal(1);
  });

  it("does not let a commitment be guessed without its salt", () => {
    const same = { content: sample("SP-2026-0001").content };
    const [a, b] = [1, 2].map((fill) =>
      notarise(toNotarise("SP-2026-0001", { ...same, seed: new Uint8Array(32).fill(fill) })),
    );
    const shared = a!.commitments.filter((commitment) => b!.commitments.includes(commitment));
    expect(shared).to.deep.equal([]);
  });

  for (const length of [0, 31, 33])
    it(`refuses a seed of ${length} bytes`, () => {
      expect(() => digestOf({ seed: new Uint8Array(length) }))
        .to.throw(HufuError)
        .with.property("code", "INVARIANT");
    });
});

describe("computeDigest", () => {
  const record = notarise(toNotarise("SL-2026-0003"));

  it("hashes the RFC 8785 text of commitments and header, whatever stands in them", () => {
    const echo: Hasher = { algorithm: "sm3", hash: (domain, message) => `${domain}|${message}` };
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(
        text,
        text,
        fc.array(text),
        fc.constantFrom(...hashAlgorithms),
        (recordId, agency, list, algorithm) => {
          const header = { ...record.header, recordId, agency, algorithm, files: list.toReversed() };
          const expected = secondCanonical({ header, commitments: list });
          expect(computeDigest(header, list, echo)).to.equal(`hufu.record.v1|${expected}`);
        },
      ),
      { numRuns: propertyRuns },
    );
  });

  it("sees every commitment and its place", () => {
    const { header, commitments, digest } = record;
    expect(computeDigest(header, commitments, hasher)).to.equal(digest);
    expect(computeDigest(header, commitments.toReversed(), hasher)).to.not.equal(digest);
    expect(computeDigest(header, commitments.slice(1), hasher)).to.not.equal(digest);
  });
});
