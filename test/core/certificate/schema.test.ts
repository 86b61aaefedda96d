import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCertificate } from "../../../core/certificate/certificate.ts";
import { HufuError, type Fault } from "../../../core/error.ts";
import { parseTrustBundle } from "../../../core/trust/bundle.ts";
import { propertyRuns } from "../../runs.ts";
import { bundleOf } from "../verify/chain.ts";
import { certificate } from "../verify/sample.ts";
import { repaired } from "../verify/scenes.ts";
import { signed } from "../verify/signed.ts";
import { anyShape, pointersIn, withShape } from "./shapes.ts";

const root = join(import.meta.dirname, "../../..");
const json = (...path: string[]): object => JSON.parse(readFileSync(join(root, ...path), "utf8")) as object; // as: the project's own files
const ajv = new Ajv2020();
const isCertificate = ajv.compile(json("docs/certificate.schema.json"));
const isTrust = ajv.compile(json("docs/trust.schema.json"));

/** null: it is no JSON that the project reads, a number beyond what a double holds for one. */
function faultsOf(parse: () => unknown): readonly Fault[] | null {
  try {
    parse();
    return [];
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    return error.code === "MALFORMED_JSON" ? null : error.faults;
  }
}

/** Whether a shape is refused though its schema takes it, as the schema's description says: its parts do not fit each other. */
function isBetweenParts({ pointer, code }: Fault): boolean {
  if (pointer.startsWith("/fingerprint")) return code === "INVALID_VALUE";
  if (pointer === "/publishedAt/blockTime") return code === "INVALID_DATE";
  return code === "NUMBERING" || code === "NOT_PRINTABLE";
}

const frozen = (sort: string): [string, object][] =>
  readdirSync(join(root, "test/vectors/certificates", sort)).map((name) => [
    name,
    json("test/vectors/certificates", sort, name),
  ]);

describe("the published JSON schemas", () => {
  it("take every frozen certificate and every frozen bundle", () => {
    for (const [name, file] of [...frozen("valid"), ...frozen("invalid")])
      expect(isCertificate(Reflect.get(file, "certificate")), name).to.equal(true);
    for (const [name, file] of frozen("trust")) expect(isTrust(file), name).to.equal(true);
  });

  it("refuse a certificate wherever the reader refuses it, and nowhere else", () => {
    const whole = signed(certificate(repaired()));
    const pointers = fc.constantFrom(...pointersIn(whole));
    fc.assert(
      fc.property(pointers, fc.option(anyShape, { nil: undefined }), (pointer, value) => {
        const shape = withShape(whole, pointer, value);
        const faults = faultsOf(() => parseCertificate(shape));
        fc.pre(faults !== null);
        expect(isCertificate(shape)).to.equal(faults.length === 0);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("refuse a trust bundle wherever the reader refuses one of its parts, and nowhere else", () => {
    const bundles = (["qbft", "after-a-change", "clique", "development"] as const).map((type) => bundleOf(type));
    const places = bundles.flatMap((whole) => pointersIn(whole).map((pointer) => ({ whole, pointer })));
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.option(anyShape, { nil: undefined }), ({ whole, pointer }, value) => {
        const shape = withShape(whole, pointer, value);
        const faults = faultsOf(() => parseTrustBundle(shape));
        fc.pre(faults !== null);
        if (!isTrust(shape)) expect(faults).to.not.have.length(0);
        else expect(faults.filter((fault) => !isBetweenParts(fault))).to.deep.equal([]);
      }),
      { numRuns: propertyRuns },
    );
  });
});
