import { expect } from "chai";
import fc from "fast-check";
import type { CertifiedRecord } from "../../core/certificate/certificate.ts";
import { certifyRecord } from "../../core/certificate/issue.ts";
import { hashAlgorithms, nobleHasher } from "../../core/hash.ts";
import { canonicalJson } from "../../core/json/canonical.ts";
import { parseJson } from "../../core/json/parse.ts";
import type { Field, Kind } from "../../core/kinds/kind.ts";
import { builtInKinds } from "../../core/kinds/registry.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import { maskName } from "../../core/record/masking.ts";
import { notarise, type ToNotarise } from "../../core/record/digest.ts";
import { checkOwn } from "../../core/verify/own.ts";
import { propertyRuns } from "../runs.ts";
import { recordFaults } from "./stranger/content.ts";
import { canonical, parse, type Json, type JsonObject } from "./stranger/json.ts";
import { masked } from "./stranger/public-view.ts";
import { notarise as notariseAsStranger } from "./stranger/record.ts";
import { readSchema } from "./stranger/schema.ts";
import { batchOf } from "./stranger/tree.ts";

const numRuns = propertyRuns;
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
const name = fc.oneof(text, fc.constantFrom("张三", "张*", "john Smith", "123", "＊", "王某", "欧阳×", "𠮷野"));
const agencies = ["11440310XX0001011N", "11440310XX0001070R"] as const;

/** Any value of a field's type: rules between fields and check characters are nothing to a digest. */
function valueOf(field: Field): fc.Arbitrary<Json> {
  if (field.type === "boolean") return fc.boolean();
  if (field.type === "integer") return fc.integer({ min: field.min, max: field.max });
  if (field.type === "enum") return fc.constantFrom(...field.values);
  if (field.type === "enum[]") return fc.array(fc.constantFrom(...field.values), { maxLength: 4 });
  if (field.type === "string[]") return fc.array(text, { maxLength: 4 });
  if (field.type === "object[]") return fc.array(contentOf(field.fields), { maxLength: 3 });
  return name;
}

function contentOf(fields: readonly Field[]): fc.Arbitrary<JsonObject> {
  const members = Object.fromEntries(fields.map((field) => [field.name, valueOf(field)]));
  return fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>; // as: absent members are left out, never undefined
}

const hex32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex"));
const files = fc.array(
  fc.record({ name: text, mediaType: fc.constant("application/pdf"), size: fc.nat(), sha256: hex32 }),
  { maxLength: 3 },
);

const input: fc.Arbitrary<ToNotarise> = fc.constantFrom<Kind>(...builtInKinds.all()).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    agency: fc.constantFrom(...agencies),
    recordId: text,
    content: contentOf(kind.fields),
    amends: fc.option(hex32),
    files,
    seed: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    hasher: fc.constantFrom(...hashAlgorithms).map(nobleHasher),
  }),
);

function asStranger({ kind, hasher, ...rest }: ToNotarise) {
  return notariseAsStranger({ ...rest, schema: readSchema(kind.kind), algorithm: hasher.algorithm });
}

describe("a stranger and the core agree", function () {
  this.timeout(20_000 + 20 * numRuns);

  it("on the text of any JSON value", () => {
    const object = fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue());
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), object), (any) => {
        const value = JSON.parse(JSON.stringify(any)) as Json;
        expect(canonical(value)).to.equal(canonicalJson(value));
      }),
      { numRuns },
    );
  });

  it("on which texts are JSON", () => {
    const pieces = [
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"\\ud800"',
      '"b',
      "0",
      "-1",
      "1e400",
      "1e-400",
      "9e15",
      "true",
      " ",
      "nul",
    ];
    const tries = fc.oneof(
      fc.array(fc.constantFrom(...pieces), { maxLength: 7 }).map((parts) => parts.join("")),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.array(fc.tuple(fc.constantFrom('"a"', '"b"', '"c"'), fc.double().map(String))).map((members) => {
        return `{${members.map((member) => member.join(":")).join(",")}}`;
      }),
    );
    const read = (parser: (one: string) => Json, one: string): string => {
      try {
        return canonical(parser(one));
      } catch {
        return "refused";
      }
    };
    fc.assert(
      fc.property(tries, (one) => {
        expect(read(parse, one)).to.equal(read(parseJson, one));
      }),
      { numRuns: 5 * numRuns },
    );
  });

  it("on masked names", () => {
    fc.assert(
      fc.property(name, (one) => {
        expect(masked(one)).to.equal(maskName(one));
      }),
      { numRuns },
    );
  });

  it("on every step from any content of any kind to its digest", () => {
    fc.assert(
      fc.property(input, (record) => {
        expect(asStranger(record)).to.deep.equal(notarise(record));
      }),
      { numRuns },
    );
  });

  it("on certified records, whole, with fields left out, or changed", () => {
    const subject = fc.record({
      record: input,
      others: fc.uniqueArray(hex32, { maxLength: 4 }),
      shown: fc.array(fc.boolean(), { minLength: 50, maxLength: 50 }),
      change: fc.option(fc.constantFrom(...changes)),
    });
    const met = new Set<string>();
    fc.assert(
      fc.property(subject, ({ record, others, shown, change }) => {
        const certified = certify(record, others, shown);
        const altered = change === null ? certified : changed(certified, change);
        const checks = checkOwn(altered, record.kind, { keccak: nobleKeccak, hasherOf: nobleHasher });
        const wrong = checks.filter(({ outcome }) => outcome === "INVALID").map(({ id }) => id);
        const told = recordFaults(altered, readSchema(record.kind.kind));
        // Any content breaks rules between fields, which the page leaves out; and where a commitment is wrong, so is the digest, of which the core says no more.
        const own = (ids: readonly string[]): string[] => ids.filter((id) => id !== "schema");
        expect(own(told).length === 0, told.join()).to.equal(own(wrong).length === 0);
        expect(told.includes("path")).to.equal(wrong.includes("path"));
        if (told.includes("schema")) expect(wrong).to.include("schema");
        for (const id of own(told)) met.add(id);
      }),
      { numRuns: Math.min(numRuns, 1000) },
    );
    expect(met).to.include("disclosures").and.to.include("digest").and.to.include("path");
  });
});

const changes = ["value", "commitment", "digest", "recordId", "agency", "path", "file", "name"] as const;

function certify(input: ToNotarise, others: readonly string[], shown: readonly boolean[]): CertifiedRecord {
  const record = notarise(input);
  const { digests, root, paths } = batchOf(input.agency, input.kind.id, [record.digest, ...others]);
  const path = paths[digests.indexOf(record.digest)]!;
  const show = new Set(record.disclosures.map(([, one]) => one).filter((_, i) => shown[i % shown.length]));
  return certifyRecord(record, show, { root, count: digests.length, path } as CertifiedRecord["batch"]); // as: the stranger's own hashes
}

function changed(certified: CertifiedRecord, what: (typeof changes)[number]): CertifiedRecord {
  const { header, batch, commitments, disclosures } = certified;
  const other = "ab".repeat(32);
  const first = (to: Partial<Record<0 | 1 | 2, Json>>) =>
    disclosures.map((one, i) => (i === 0 ? (Object.assign([...one], to) as unknown as typeof one) : one)); // as: of the same shape
  switch (what) {
    case "value":
      return { ...certified, disclosures: first({ 2: "another" }) };
    case "name":
      return { ...certified, disclosures: first({ 1: "remark" }) };
    case "commitment":
      return { ...certified, commitments: [...commitments.slice(1), other] };
    case "digest":
      return { ...certified, digest: other };
    case "recordId":
      return { ...certified, header: { ...header, recordId: `${header.recordId} ` } };
    case "file":
      return { ...certified, disclosures: [...disclosures, ["0".repeat(32), "file/0", null]] };
    case "agency":
      return { ...certified, header: { ...header, agency: agencies.find((one) => one !== header.agency)! } };
    case "path":
      return { ...certified, batch: { ...batch, path: [...batch.path, `0x${other}`] } };
  }
}
