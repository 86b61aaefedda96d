import { expect } from "chai";
import fc from "fast-check";
import { issueCertificate } from "../../core/certificate/issue.ts";
import { hashAlgorithms, nobleHasher } from "../../core/hash.ts";
import { canonicalJson } from "../../core/json/canonical.ts";
import { parseJson } from "../../core/json/parse.ts";
import type { Field, Kind } from "../../core/kinds/kind.ts";
import { builtInKinds } from "../../core/kinds/registry.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import { maskName } from "../../core/record/masking.ts";
import { notarise, type ToNotarise } from "../../core/record/digest.ts";
import { verifyCertificate } from "../../core/verify/verify.ts";
import { propertyRuns } from "../runs.ts";
import { failures, type Certificate } from "./stranger/certificate.ts";
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

  it("on certificates, whole, with fields left out, or changed", () => {
    const subject = fc.record({
      record: input,
      others: fc.uniqueArray(hex32, { maxLength: 4 }),
      shown: fc.array(fc.boolean(), { minLength: 50, maxLength: 50 }),
      change: fc.option(fc.constantFrom("value", "commitment", "digest", "recordId", "agency", "kind", "path")),
    });
    fc.assert(
      fc.property(subject, ({ record, others, shown, change }) => {
        const issued = issue(record, others, shown);
        const certificate = change === null ? issued : changed(issued, change);
        const { checks } = verifyCertificate({ certificate, kinds: builtInKinds, keccak: nobleKeccak });
        const wrong = (id: string): boolean => checks.some((one) => one.id === id && one.outcome === "INVALID");
        const told = failures(certificate as unknown as Certificate, readSchema(record.kind.kind)); // as: its shape is the page's
        expect(told.includes("disclosures"), "disclosures").to.equal(wrong("disclosures"));
        expect(told.includes("digest"), "digest").to.equal(wrong("digest"));
        const isElsewhere = ["agency", "kind", "path"].some((step) => told.includes(step));
        expect(isElsewhere, "path").to.equal(wrong("path"));
      }),
      { numRuns: Math.min(numRuns, 1000) },
    );
  });
});

type Issued = ReturnType<typeof issueCertificate>;
const hash = `0x${"5".repeat(64)}` as const;
const block = { blockNumber: 7, blockHash: hash, blockTime: "2026-11-24T03:04:05Z" };
const status = { effect: "IN_FORCE", version: 0, since: null, actor: null, basis: null } as const;
const reasons = { reason: null, explanation: null, decisionDate: null, successor: null };

function issue(input: ToNotarise, others: readonly string[], shown: readonly boolean[]): Issued {
  const record = notarise(input);
  const { agency, kind } = input;
  const { digests, root, paths } = batchOf(agency, kind.id, [record.digest, ...others]);
  const path = paths[digests.indexOf(record.digest)]!;
  return issueCertificate({
    record,
    show: new Set(record.disclosures.map(([, one]) => one).filter((_, i) => shown[i % shown.length])),
    batch: { agency, kind: kind.id, root, count: digests.length, path } as Issued["batch"],
    ledger: { chainId: 1, genesisHash: hash, address: `0x${"6".repeat(40)}` },
    anchor: { transaction: hash, ...block },
    told: { by: "a gateway", agencyName: "an agency", asOf: block, status: { ...status, ...reasons } },
  });
}

function changed(issued: Issued, what: string): Issued {
  const { header, batch, commitments, disclosures } = issued;
  const other = "ab".repeat(32);
  switch (what) {
    case "value":
      return { ...issued, disclosures: disclosures.map(([salt, one], i) => [salt, one, `${i}`] as const) };
    case "commitment":
      return { ...issued, commitments: [...commitments.slice(1), other] };
    case "digest":
      return { ...issued, digest: other };
    case "recordId":
      return { ...issued, header: { ...header, recordId: `${header.recordId} ` } };
    case "agency":
      return { ...issued, batch: { ...batch, agency: agencies.find((one) => one !== batch.agency)! } };
    case "kind":
      return { ...issued, batch: { ...batch, kind: 5 } };
    default:
      return { ...issued, batch: { ...batch, path: [...batch.path, hash] } };
  }
}
