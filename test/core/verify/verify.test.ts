import { expect } from "chai";
import type { Certificate } from "../../../core/certificate/certificate.ts";
import { createKindRegistry } from "../../../core/kinds/registry.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { checkIds } from "../../../core/verify/checks.ts";
import { verifyCertificate } from "../../../core/verify/verify.ts";
import {
  anchoredAt,
  certificate,
  honestNode,
  market,
  marketName,
  number,
  outcomes,
  penalty,
  penaltyKind,
  publicNames,
  repaired,
  toldAt,
  verify,
} from "./sample.ts";

describe("verifying an honest certificate", () => {
  it("offline: its own checks are made, the rest is as told by the gateway", () => {
    const found = verify(certificate());
    expect(found.checks.map(({ id }) => id)).to.deep.equal(checkIds);
    expect(outcomes(found)).to.deep.equal({
      disclosures: "VALID DISCLOSURES_MATCH",
      schema: "VALID SCHEMA_MATCHES",
      digest: "VALID DIGEST_MATCHES",
      path: "VALID PATH_LEADS_TO_ROOT",
      batch: "SKIPPED TOLD_BY_GATEWAY",
      status: "SKIPPED TOLD_BY_GATEWAY",
      "state-proof": "SKIPPED NOT_IN_VERSION_0",
      seals: "SKIPPED NOT_IN_VERSION_0",
      trust: "SKIPPED NOT_IN_VERSION_0",
    });
    expect(found.verdict).to.deep.include({
      code: "in-force",
      agency: { uscc: market, name: marketName },
      kind: { zh: "信用处罚", en: "credit penalty" },
      documentNumber: number,
      anchoredAt,
      asOf: { blockNumber: 90, blockTime: toldAt },
      toldBy: "gateway",
    });
    expect(found.unknown.map(({ code }) => code)).to.include.members(["AFTER", "BEFORE_ANCHORING", "WORD_OF_GATEWAY"]);
  });

  it("with a node: batch and status are the node's, and so is the time", () => {
    const subject = certificate(penalty(), { status: repaired });
    const found = verify(subject, honestNode(subject));
    expect(outcomes(found)).to.include({ batch: "VALID BATCH_ON_LEDGER", status: "VALID STATUS_ON_LEDGER" });
    expect(found.verdict).to.include({ code: "ended", toldBy: "node", since: repaired.since });
    expect(found.asOf?.blockNumber).to.equal(100);
    expect(found.unknown.map(({ code }) => code)).to.include("WORD_OF_NODE");
  });

  it("what a certificate says of reason and name counts only where nobody was asked", () => {
    const subject = certificate(penalty(), { status: repaired });
    expect(verify(subject).verdict).to.include({ reason: "REPAIR_GRANTED", decisionDate: "2026-11-19" });
    const { agencyName: _, ...nameless } = honestNode(subject);
    const asked = verify(subject, nameless).verdict;
    expect(asked).to.include({ reason: null, decisionDate: null });
    expect(asked.agency).to.deep.equal({ uscc: market, name: null });
    const status = nameless.status && {
      ...nameless.status,
      decision: { reason: "FULFILLED", decisionDate: "2026-11-18", actor: null, successor: null },
    };
    expect(verify(subject, { ...nameless, status }).verdict).to.include({
      reason: "FULFILLED",
      decisionDate: "2026-11-18",
    });
  });

  it("a gateway's answer is no check, and still the newer one", () => {
    const subject = certificate();
    const status = { effect: "WITHDRAWN", version: 1, blockTime: toldAt } as const;
    const found = verify(subject, { ...honestNode(subject), read: "gateway", status });
    expect(outcomes(found)).to.include({ batch: "SKIPPED TOLD_BY_GATEWAY", status: "SKIPPED TOLD_BY_GATEWAY" });
    expect(found.verdict).to.include({ code: "withdrawn", toldBy: "gateway" });
  });

  it("the ledger's newer status counts: an old certificate is not forged", () => {
    const subject = certificate();
    for (const [effect, code] of [
      ["IN_FORCE", "in-force"],
      ["ANNOTATED", "annotated"],
      ["ENDED", "ended"],
      ["SUPERSEDED", "superseded"],
      ["WITHDRAWN", "withdrawn"],
    ] as const) {
      const found = verify(subject, { ...honestNode(subject), status: { effect, version: 1, blockTime: toldAt } });
      expect(outcomes(found)).to.include({ status: "VALID STATUS_NEWER" });
      expect(found.verdict).to.include({ code, since: toldAt });
    }
  });

  it("a batch that was anchored again after its block fell out is the same batch", () => {
    const subject = certificate();
    const later = "2026-11-03T02:00:09.000Z";
    const { batch, ...rest } = honestNode(subject);
    const found = verify(subject, { ...rest, batch: batch && { ...batch, blockTime: later } });
    expect(outcomes(found)).to.include({ batch: "VALID BATCH_AT_ANOTHER_TIME" });
    expect(found.verdict).to.include({ code: "in-force", anchoredAt: later });
  });

  it("in a batch of its own has no path", () => {
    const subject = certificate(penalty(), { size: 1 });
    expect(subject.batch.path).to.deep.equal([]);
    expect(verify(subject).verdict.code).to.equal("in-force");
  });
});

describe("what a certificate shows", () => {
  it("is the public fields, the views of masked ones, and the files", () => {
    const found = verify(certificate());
    expect(found.shown).to.include({ decisionDocNo: number, legalRepName: "王*", publicityMode: "PUBLISH" });
    expect(found.shown).to.not.have.any.keys("remark", "orgCode");
    expect(found.files).to.have.length(1);
    expect(found.hidden.byHolder).to.deep.equal([]);
    expect(found.hidden.byLaw).to.include.members(["remark", "personIdNo"]);
  });

  it("names every public field that the holder hid, by its field, and knows nothing of it", () => {
    const hidden = ["decisionDocNo", "penaltyContent", "legalRepName.public"];
    const found = verify(certificate(penalty(), { show: publicNames.filter((name) => !hidden.includes(name)) }));
    expect(found.verdict.code).to.equal("in-force");
    expect(found.hidden.byHolder).to.deep.equal(["legalRepName", "decisionDocNo", "penaltyContent"]);
    expect(found.documentNumber).to.equal(null);
    expect(found.unknown.map(({ code }) => code)).to.include("REST_OF_CONTENT");
  });

  it("of a person, does not blame the holder for what the law withholds", () => {
    const person = penalty({
      counterpartType: "NATURAL_PERSON",
      counterpartName: "张三",
      personIdType: "RESIDENT_ID",
      personIdNo: "11010519491231002X",
    });
    const found = verify(certificate(person, { show: ["counterpartName.public", "counterpartType"] }));
    expect(found.shown).to.deep.equal({ counterpartName: "张*", counterpartType: "NATURAL_PERSON" });
    expect(found.hidden.byHolder).to.include("decisionDocNo").and.not.include("penaltyContent");
    expect(found.hidden.byLaw).to.include("penaltyContent");
  });

  it("is nothing where the record was altered", () => {
    const subject: Certificate = { ...certificate(), digest: "0".repeat(64) };
    expect(verify(subject)).to.deep.include({ shown: {}, files: [], documentNumber: null });
  });

  it("is all of it where the holder shows all", () => {
    const record = penalty();
    const found = verify(certificate(record, { show: record.disclosures.map(([, name]) => name) }));
    expect(found.verdict.code).to.equal("in-force");
    expect(found.shown["legalRepName"]).to.equal("王示例");
    expect(found.hidden).to.deep.equal({ byHolder: [], byLaw: [] });
    expect(found.unknown.map(({ code }) => code)).to.not.include("REST_OF_CONTENT");
  });

  it("of a kind that is not known here could not be checked, which is not altered", () => {
    const found = verifyCertificate({ certificate: certificate(), kinds: createKindRegistry([]), keccak });
    expect(found.verdict).to.include({ code: "unreachable", cause: "SCHEMA_UNKNOWN" });
    expect(outcomes(found)).to.include({ schema: "ERROR SCHEMA_UNKNOWN", digest: "VALID DIGEST_MATCHES" });
  });

  it("another schema of the same name and version is another schema", () => {
    const kinds = createKindRegistry([{ ...penaltyKind, zh: "另一种" }]);
    const found = verifyCertificate({ certificate: certificate(), kinds, keccak });
    expect(outcomes(found)).to.include({ schema: "INVALID SCHEMA_DIFFERS" });
    expect(found.verdict.code).to.equal("altered");
  });
});
