import { expect } from "chai";
import fc from "fast-check";
import { MAX_CERTIFICATE, MAX_LINKS, parseCertificate } from "../../../core/certificate/certificate.ts";
import { hideDisclosures } from "../../../core/certificate/hide.ts";
import { certifyRecord } from "../../../core/certificate/issue.ts";
import { renewed } from "../../../core/certificate/renew.ts";
import { HufuError, type FaultCode } from "../../../core/error.ts";
import { nobleHasher } from "../../../core/hash.ts";
import { parseJson, toJsonValue } from "../../../core/json/parse.ts";
import { propertyRuns } from "../../runs.ts";
import { penalty, penaltyKind, publicNames } from "../verify/records.ts";
import { certificate, verify } from "../verify/sample.ts";
import { repaired } from "../verify/scenes.ts";
import { signed } from "../verify/signed.ts";
import { anyShape, pointersIn, withShape } from "./shapes.ts";

const hash = (digit: string): `0x${string}` => `0x${digit.repeat(64)}`;
const honest = signed(certificate(repaired()));
const batch = { root: hash("1"), count: 3, path: [hash("2"), hash("3")] };

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

describe("a certified record", () => {
  const record = penalty();

  it("shows the disclosures asked for, in their order, and no others", () => {
    const certified = certifyRecord(record, new Set(publicNames), batch);
    expect(certified.disclosures.map(([, name]) => name)).to.deep.equal(publicNames);
    expect(JSON.stringify(certified)).to.not.include("王示例");
    const none = certifyRecord(record, new Set(), batch);
    expect(none.disclosures).to.deep.equal([]);
    expect(none.commitments).to.deep.equal(record.commitments);
    const file = certifyRecord(record, new Set(["file/0", "no such name"]), batch);
    expect(file.disclosures).to.deep.equal([record.disclosures.find(([, name]) => name === "file/0")]);
  });

  it("has a commitment for each field, but for those whose disclosure is shown", () => {
    const { commitments, disclosures } = certifyRecord(record, new Set(publicNames), batch);
    expect(commitments).to.have.length(record.commitments.length);
    commitments.forEach((commitment, index) => {
      const isShown = disclosures.includes(record.disclosures[index]!);
      expect(commitment).to.equal(isShown ? null : record.commitments[index]);
    });
  });
});

describe("a certificate with less to show", () => {
  const hiding = { kind: penaltyKind, hasher: nobleHasher("sha-256") };

  it("is the one that would have been issued so", () => {
    const names = new Set(["penaltyContent", "legalRepName.public", "file/0", "no such name"]);
    const show = publicNames.filter((name) => !names.has(name));
    expect(hideDisclosures(certificate(), names, hiding)).to.deep.equal(certificate({ show }));
  });

  it("stays genuine, and is no other certificate but for what it shows", () => {
    fc.assert(
      fc.property(fc.subarray(publicNames), (names) => {
        const whole = certificate();
        const hidden = hideDisclosures(whole, new Set(names), hiding);
        expect(hidden.record.digest).to.equal(whole.record.digest);
        expect(verify(hidden).verdict.code).to.equal("in-force");
        expect(hideDisclosures(hidden, new Set(publicNames), hiding)).to.deep.equal(certificate({ show: [] }));
      }),
      { numRuns: Math.min(propertyRuns, 1000) },
    );
  });
});

it("a renewed certificate shows what it showed, as of the newer block", () => {
  const kept = certificate({ show: ["decisionDocNo"] });
  const { links, proof, evidence } = honest;
  const found = renewed(kept, { links, proof, evidence });
  expect(found).to.deep.equal({ ...kept, links, proof, evidence });
  expect(verify(found).verdict.code).to.equal("ended");
});

describe("a certificate that anybody may have made", () => {
  it("is read again as it was written", () => {
    expect(parseCertificate(parseJson(JSON.stringify(honest)))).to.deep.equal(toJsonValue(honest));
  });

  const wrong: [path: string, value: unknown, fault: FaultCode][] = [
    ["/format", "sd-jwt", "NOT_ALLOWED"],
    ["/version", 2, "NOT_ALLOWED"],
    ["/version", "1", "NOT_ALLOWED"],
    ["/extra", {}, "UNKNOWN_FIELD"],
    ["/record", null, "WRONG_TYPE"],
    ["/record/digest", undefined, "MISSING_FIELD"],
    ["/record/digest", `0x${"a".repeat(62)}`, "INVALID_HEX"],
    ["/record/digest", "A".repeat(64), "INVALID_HEX"],
    ["/record/header/format", 2, "NOT_ALLOWED"],
    ["/record/header/algorithm", "md5", "NOT_ALLOWED"],
    ["/record/header/schemaVersion", 1.5, "WRONG_TYPE"],
    ["/record/header/agency", "11440310xx0001011n", "INVALID_USCC"],
    ["/record/header/recordId", "x".repeat(257), "TOO_LONG"],
    ["/record/header/amends", "", "INVALID_HEX"],
    ["/record/header/files", {}, "WRONG_TYPE"],
    ["/record/header/colour", 1, "UNKNOWN_FIELD"],
    ["/record/commitments", Array(1001).fill(null), "TOO_LONG"],
    ["/record/commitments/3", "", "INVALID_HEX"],
    ["/record/disclosures/0", ["0".repeat(32), "x"], "WRONG_TYPE"],
    ["/record/disclosures/0/0", "0".repeat(31), "INVALID_HEX"],
    ["/record/disclosures/0/1", "x".repeat(129), "TOO_LONG"],
    ["/record/batch/count", 0, "WRONG_TYPE"],
    ["/record/batch/count", 2 ** 32, "WRONG_TYPE"],
    ["/record/batch/root", "1".repeat(64), "INVALID_HEX"],
    ["/record/batch/path", Array(33).fill(hash("1")), "TOO_LONG"],
    ["/links", Array(MAX_LINKS + 1).fill(honest.record), "TOO_LONG"],
    ["/links/0/batch", undefined, "MISSING_FIELD"],
    ["/ledger/chainId", -1, "WRONG_TYPE"],
    ["/ledger/address", hash("5"), "INVALID_HEX"],
    ["/ledger/address", `0x${"1E".repeat(20)}`, "INVALID_HEX"],
    ["/proof/block/header", "AB==", "INVALID_BASE64"],
    ["/proof/block/header", "A".repeat(4 * 43_691 + 4), "TOO_LONG"],
    ["/proof/block/following", Array(257).fill("AAAA"), "TOO_LONG"],
    ["/proof/block/seal", "A".repeat(92), "TOO_LONG"],
    ["/proof/nodes", Array(2241).fill("AAAA"), "TOO_LONG"],
    ["/proof/nodes/0", "A".repeat(1372), "TOO_LONG"],
    ["/proof/nodes/0", "AA AA===", "INVALID_BASE64"],
    ["/proof/account/nonce", -1, "WRONG_TYPE"],
    ["/proof/account/balance", "0x00", "INVALID_HEX"],
    ["/proof/account/balance", `0x1${"0".repeat(64)}`, "INVALID_HEX"],
    ["/proof/account/nodes", Array(66).fill(0), "TOO_LONG"],
    ["/proof/account/nodes/0", 2240, "WRONG_TYPE"],
    ["/proof/slots", Array(18).fill(honest.proof.slots[0]), "TOO_LONG"],
    ["/proof/slots/0/status", undefined, "MISSING_FIELD"],
    ["/proof/slots/0/batch/value", "0x0", "INVALID_HEX"],
    ["/evidence/transaction", undefined, "MISSING_FIELD"],
    ["/evidence/blockNumber", "7", "WRONG_TYPE"],
    ["/evidence/signature/signer", "0x123", "INVALID_HEX"],
    ["/evidence/signature/deadline", -1, "WRONG_TYPE"],
    ["/evidence/signature/signature", `0x${"00".repeat(4097)}`, "INVALID_HEX"],
    ["/issuedBy", "x".repeat(401), "TOO_LONG"],
  ];
  for (const [path, value, code] of wrong)
    it(`is refused for ${code} at ${path}: ${value === undefined ? "left out" : JSON.stringify(value).slice(0, 40)}`, () => {
      expect(faultsOf(withShape(honest, path, value))).to.deep.equal([[code, path]]);
    });

  it("of version 0 is refused for that alone: it carries no proof", () => {
    expect(faultsOf({ format: "hufu-certificate", version: 0, header: {} })).to.deep.equal([
      ["NOT_ALLOWED", "/version"],
    ]);
  });

  it("is read with a null where nothing is known", () => {
    for (const path of ["/evidence/transaction", "/evidence/signature", "/record/header/amends"])
      expect(faultsOf(withShape(honest, path, null))).to.deep.equal([]);
  });

  it("is read with a check character that is wrong: altered is not unreadable", () => {
    expect(faultsOf(withShape(honest, "/record/header/agency", "11440310XX0001011M"))).to.deep.equal([]);
  });

  it("names every fault, up to a hundred", () => {
    expect(faultsOf({})).to.have.length(8);
    expect(faultsOf(withShape(honest, "/record/commitments", Array(1000).fill("")))).to.have.length(100);
  });

  it("is refused where it is larger than any certificate", () => {
    const text = "证".repeat(MAX_CERTIFICATE);
    expect(faultsOf(withShape(honest, "/record/disclosures/0/2", text))).to.deep.equal([["TOO_LONG", ""]]);
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
    const text = JSON.stringify(honest).replace("{", '{"__proto__":{"version":0},"constructor":1,');
    expect(faultsOf(JSON.parse(text))).to.deep.equal([
      ["UNKNOWN_FIELD", "/__proto__"],
      ["UNKNOWN_FIELD", "/constructor"],
    ]);
  });

  it("never makes the reader fail otherwise, whatever stands anywhere in it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...pointersIn(honest)), anyShape, (path, value) => {
        const changed = withShape(honest, path, value);
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
