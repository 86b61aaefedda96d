import { expect } from "chai";
import fc from "fast-check";
import { MAX_CERTIFICATE, parseCertificate, type Certificate } from "../../../core/certificate/certificate.ts";
import { issueCertificate } from "../../../core/certificate/issue.ts";
import { HufuError, type FaultCode } from "../../../core/error.ts";
import { nobleHasher } from "../../../core/hash.ts";
import { parseJson } from "../../../core/json/parse.ts";
import { notarise } from "../../../core/record/digest.ts";
import { publicDisclosureNames } from "../../../core/record/publicity.ts";
import { propertyRuns } from "../../runs.ts";
import { kindNamed, sample } from "../samples.ts";

const { kind: kindName, agency, content, files = [], recordId } = sample("SP-2026-0001");
const kind = kindNamed(kindName);
const record = notarise({
  kind,
  agency,
  recordId,
  content,
  files,
  amends: null,
  seed: new Uint8Array(32).fill(3),
  hasher: nobleHasher("sha-256"),
});
const hash = (digit: string): `0x${string}` => `0x${digit.repeat(64)}`;
const certificate: Certificate = issueCertificate({
  record,
  show: new Set(publicDisclosureNames(kind, false)),
  batch: { agency, kind: 1, root: hash("1"), count: 3, path: [hash("2"), hash("3")] },
  ledger: { chainId: 31337, genesisHash: hash("4"), address: `0x${"5".repeat(40)}` },
  anchor: { transaction: hash("6"), blockNumber: 7, blockHash: hash("8"), blockTime: "2026-11-24T03:04:05Z" },
  told: {
    by: "示例网关",
    agencyName: "坪山示例市场监管局（虚构）",
    asOf: { blockNumber: 9, blockHash: hash("9"), blockTime: "2026-11-24T03:05:05.000Z" },
    status: {
      effect: "ENDED",
      version: 1,
      since: "2026-11-24T03:04:09Z",
      actor: agency,
      basis: "a".repeat(64),
      reason: "REPAIR_GRANTED",
      explanation: "准予信用修复。",
      decisionDate: "2026-10-09",
      successor: null,
    },
  },
});

type Fault = [code: FaultCode, pointer: string];

function faultsOf(value: unknown): Fault[] {
  try {
    parseCertificate(value);
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    expect(error.code).to.equal("INVALID_CERTIFICATE");
    return error.faults.map(({ code, pointer }) => [code, pointer]);
  }
  return [];
}

/** The certificate with another value at `path`, or without it where `value` is undefined. */
function withValue(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(certificate);
  const names = path.split("/").slice(1);
  const parent = names.slice(0, -1).reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), copy);
  if (value === undefined) Reflect.deleteProperty(Object(parent), names.at(-1)!);
  else Reflect.set(Object(parent), names.at(-1)!, value);
  return copy;
}

describe("an issued certificate", () => {
  it("shows the disclosures asked for, in their order, and no others", () => {
    expect(certificate.disclosures.map(([, name]) => name)).to.deep.equal(publicDisclosureNames(kind, false));
    expect(JSON.stringify(certificate)).to.not.include(content["legalRepIdNo"]).and.not.include("林示例");
    const none = issueCertificate({ ...certificate, record, show: new Set() });
    expect(none.disclosures).to.deep.equal([]);
    expect(none.commitments).to.deep.equal(record.commitments);
    const file = issueCertificate({ ...certificate, record, show: new Set(["file/0", "no such name"]) });
    expect(file.disclosures).to.deep.equal([record.disclosures.find(([, name]) => name === "file/0")]);
  });

  it("is read again as it was written", () => {
    expect(parseCertificate(parseJson(JSON.stringify(certificate)))).to.deep.equal(certificate);
  });

  it("is as small as design says", () => {
    expect(Buffer.byteLength(JSON.stringify(certificate))).to.be.below(12 * 1024);
  });
});

describe("a certificate that anybody may have made", () => {
  const wrong: [path: string, value: unknown, fault: FaultCode][] = [
    ["/format", "sd-jwt", "NOT_ALLOWED"],
    ["/version", 1, "NOT_ALLOWED"],
    ["/version", "0", "NOT_ALLOWED"],
    ["/digest", undefined, "MISSING_FIELD"],
    ["/digest", `0x${"a".repeat(62)}`, "INVALID_HEX"],
    ["/digest", "A".repeat(64), "INVALID_HEX"],
    ["/digest", 7, "INVALID_HEX"],
    ["/extra", {}, "UNKNOWN_FIELD"],
    ["/header", null, "WRONG_TYPE"],
    ["/header/format", 2, "NOT_ALLOWED"],
    ["/header/algorithm", "md5", "NOT_ALLOWED"],
    ["/header/schemaVersion", 1.5, "WRONG_TYPE"],
    ["/header/agency", "11440310xx0001011n", "INVALID_USCC"],
    ["/header/recordId", "x".repeat(257), "TOO_LONG"],
    ["/header/recordId", 1, "WRONG_TYPE"],
    ["/header/amends", "", "INVALID_HEX"],
    ["/header/files", {}, "WRONG_TYPE"],
    ["/header/colour", 1, "UNKNOWN_FIELD"],
    ["/commitments", Array(1001).fill("a".repeat(64)), "TOO_LONG"],
    ["/commitments/3", null, "INVALID_HEX"],
    ["/disclosures/0", ["0".repeat(32), "x"], "WRONG_TYPE"],
    ["/disclosures/0", {}, "WRONG_TYPE"],
    ["/disclosures/0/0", "0".repeat(31), "INVALID_HEX"],
    ["/disclosures/0/1", "x".repeat(129), "TOO_LONG"],
    ["/batch/kind", 0, "WRONG_TYPE"],
    ["/batch/kind", 256, "WRONG_TYPE"],
    ["/batch/count", 0, "WRONG_TYPE"],
    ["/batch/root", "1".repeat(64), "INVALID_HEX"],
    ["/batch/path", Array(33).fill(hash("1")), "TOO_LONG"],
    ["/batch/path/1", "0x12", "INVALID_HEX"],
    ["/ledger/chainId", -1, "WRONG_TYPE"],
    ["/ledger/address", hash("5"), "INVALID_HEX"],
    ["/anchor/transaction", undefined, "MISSING_FIELD"],
    ["/anchor/blockNumber", "7", "WRONG_TYPE"],
    ["/anchor/blockTime", "2026-11-24T03:04:05+08:00", "INVALID_DATE"],
    ["/anchor/blockTime", "2026-02-30T03:04:05Z", "INVALID_DATE"],
    ["/anchor/blockTime", "2026-11-24T24:04:05Z", "INVALID_DATE"],
    ["/told/by", "x".repeat(401), "TOO_LONG"],
    ["/told/asOf", [], "WRONG_TYPE"],
    ["/told/status/effect", "NONE", "NOT_ALLOWED"],
    ["/told/status/version", 65_536, "WRONG_TYPE"],
    ["/told/status/explanation", "x".repeat(4001), "TOO_LONG"],
    ["/told/status/decisionDate", "2026-13-01", "INVALID_DATE"],
    ["/told/status/successor", false, "INVALID_HEX"],
  ];
  for (const [path, value, code] of wrong)
    it(`is refused for ${code} at ${path}: ${value === undefined ? "left out" : JSON.stringify(value).slice(0, 40)}`, () => {
      expect(faultsOf(withValue(path, value))).to.deep.equal([[code, path]]);
    });

  it("is read with a null where nothing is known", () => {
    for (const name of ["since", "actor", "basis", "reason", "explanation", "decisionDate", "successor"])
      expect(faultsOf(withValue(`/told/status/${name}`, null))).to.deep.equal([]);
    expect(faultsOf(withValue("/anchor/transaction", null))).to.deep.equal([]);
  });

  it("is read with a check character that is wrong: altered is not unreadable", () => {
    expect(faultsOf(withValue("/header/agency", "11440310XX0001011M"))).to.deep.equal([]);
  });

  it("names every fault, up to a hundred", () => {
    expect(faultsOf({})).to.have.length(10);
    const none = Array(1000).fill("");
    expect(faultsOf({ ...certificate, commitments: none })).to.have.length(100);
  });

  it("is refused where it is larger than any certificate", () => {
    const text = "证".repeat(MAX_CERTIFICATE);
    expect(faultsOf(withValue("/disclosures/0/2", text))).to.deep.equal([["TOO_LONG", ""]]);
  });

  for (const value of [null, [], "text", 1, true])
    it(`is refused where it is ${JSON.stringify(value)}`, () =>
      expect(faultsOf(value)).to.deep.equal([["WRONG_TYPE", ""]]));

  it("is refused where it is no JSON", () => {
    for (const value of [undefined, NaN, () => 1, new Map()])
      expect(() => parseCertificate(value))
        .to.throw(HufuError)
        .with.property("code", "MALFORMED_JSON");
  });

  it("cannot smuggle a member past the reader by its name", () => {
    const text = JSON.stringify(certificate).replace("{", '{"__proto__":{"version":0},"constructor":1,');
    expect(faultsOf(JSON.parse(text))).to.deep.equal([
      ["UNKNOWN_FIELD", "/__proto__"],
      ["UNKNOWN_FIELD", "/constructor"],
    ]);
  });

  it("never makes the reader fail otherwise, whatever stands anywhere in it", () => {
    const paths: string[] = [];
    const walk = (value: unknown, path: string): void => {
      paths.push(path);
      if (typeof value === "object" && value !== null)
        for (const [name, member] of Object.entries(value)) walk(member, `${path}/${name}`);
    };
    walk(certificate, "");
    fc.assert(
      fc.property(fc.constantFrom(...paths.slice(1)), fc.jsonValue({ maxDepth: 2 }), (path, value) => {
        const changed = withValue(path, value);
        try {
          expect(JSON.stringify(parseCertificate(changed))).to.equal(JSON.stringify(changed)); // as text: JSON has no -0
        } catch (error) {
          if (!(error instanceof HufuError)) throw error;
          expect(error.code).to.be.oneOf(["INVALID_CERTIFICATE", "MALFORMED_JSON"]);
        }
      }),
      { numRuns: propertyRuns },
    );
  });
});
