import { expect } from "chai";
import type { Certificate } from "../../../core/certificate/certificate.ts";
import { createKindRegistry } from "../../../core/kinds/registry.ts";
import { checkIds, type CheckId } from "../../../core/verify/checks.ts";
import type { Trusted } from "../../../core/verify/trusted.ts";
import type { VerifyInput } from "../../../core/verify/verify.ts";
import { bundleOf, justice, justiceName, market, marketName } from "./chain.ts";
import { repairedAt } from "./ledger-state.ts";
import { number, penalty, penaltyKind, publicNames } from "./records.ts";
import { anchoredAt, asOf, certificate, outcomes, trusted, trustedOf, verify } from "./sample.ts";
import { repaired, withdrawn } from "./scenes.ts";
import { signed } from "./signed.ts";

const unknownsOf = (found: ReturnType<typeof verify>): string[] => found.unknown.map(({ code }) => code);

describe("verifying an honest certificate", () => {
  it("makes every check, in its order, and says as of which block it is so", () => {
    const found = verify(certificate());
    expect(found.checks.map(({ id }) => id)).to.deep.equal(checkIds);
    expect(outcomes(found)).to.deep.equal({
      disclosures: "VALID DISCLOSURES_MATCH",
      schema: "VALID SCHEMA_MATCHES",
      digest: "VALID DIGEST_MATCHES",
      path: "VALID PATH_LEADS_TO_ROOT",
      links: "SKIPPED NO_LINKS",
      "state-proof": "VALID STATE_PROVEN",
      batch: "VALID BATCH_ON_LEDGER",
      status: "VALID STATUS_NEVER_SET",
      signature: "SKIPPED NO_SIGNATURE",
      seals: "VALID SEALED_BY_QUORUM",
      trust: "VALID TRUST_MATCHES",
      freshness: "SKIPPED AGE_NOT_ASKED",
    });
    expect(found.verdict).to.deep.equal({
      code: "in-force",
      agency: { uscc: market, name: marketName },
      kind: { zh: "信用处罚", en: "credit penalty" },
      documentNumber: number,
      acceptedAt: null,
      anchoredAt,
      asOf,
      since: null,
      reason: null,
      decisionDate: null,
      actor: null,
      successor: null,
      newest: null,
      sealed: { consensus: "qbft", by: 3, of: 4 },
      toldBy: null,
      cause: null,
    });
    expect(unknownsOf(found)).to.deep.equal(["AFTER", "BEFORE_ANCHORING", "AGENCY_SIGNATURE", "REST_OF_CONTENT"]);
  });

  it("takes the reason of a status from the decision that it rests on", () => {
    expect(verify(certificate(repaired())).verdict).to.deep.include({
      code: "ended",
      since: repairedAt,
      reason: "REPAIR_GRANTED",
      decisionDate: "2026-11-23",
      actor: { uscc: market, name: marketName },
    });
    expect(verify(certificate(withdrawn())).verdict.actor).to.deep.equal({ uscc: justice, name: justiceName });
  });

  it("takes agencies' names from the trust bundle, and from nowhere else", () => {
    const nameless = trusted("qbft", { agencies: [] });
    expect(verify(certificate(), { trusted: nameless }).verdict.agency).to.deep.equal({ uscc: market, name: null });
  });

  it("says what it does not know: of the keys' rights, of who stands behind the bundle, of blocks that may fall out", () => {
    expect(unknownsOf(verify(signed(certificate()))))
      .to.include("SIGNER_RIGHTS")
      .and.not.include("AGENCY_SIGNATURE");
    const broughtByGateway = { ...trusted(), broughtBy: "gateway" } as const;
    expect(unknownsOf(verify(certificate(), { trusted: broughtByGateway }))).to.include("BUNDLE_OF_GATEWAY");
    const ofGateway = trusted("qbft", { publishers: [] });
    expect(unknownsOf(verify(certificate(), { trusted: ofGateway }))).to.include("BUNDLE_OF_GATEWAY");
    const clique = verify(certificate({ consensus: "clique" }), { trusted: trusted("clique") });
    expect(clique.unknown).to.deep.include({ code: "NOT_FINAL", params: { by: 3, of: 4 } });
    const development = verify(certificate({ consensus: "development" }), { trusted: trusted("development") });
    expect(unknownsOf(development)).to.include("ONE_NODE");
    expect(unknownsOf(verify(certificate({ ...repaired(), links: [] })))).to.include("DECISION_NOT_SHOWN");
  });

  it("of nothing that is altered or could not be checked says what it does not know", () => {
    expect(verify(certificate(), { trusted: undefined }).unknown).to.deep.equal([]);
  });

  describe("says that the bundle is the gateway's", () => {
    const broughtByGateway = { broughtBy: "gateway" } as const;
    const subject = certificate();
    const forged = { ...subject, record: { ...subject.record, digest: "0".repeat(64) } };
    const elsewhere = { ...subject, ledger: { ...subject.ledger, chainId: 5 } };
    const checkpoints = [{ blockNumber: asOf.blockNumber, blockHash: `0x${"ab".repeat(32)}` }] as const;
    const told: readonly (readonly [string, Certificate, Trusted, Partial<VerifyInput>?])[] = [
      ["altered", subject, { ...trusted("qbft", { checkpoints }), ...broughtByGateway }],
      ["unknown", elsewhere, { ...trusted(), ...broughtByGateway }],
      ["unreachable", certificate({ consensus: "after-a-change" }), { ...trusted(), ...broughtByGateway }],
      ["stale", subject, { ...trusted(), ...broughtByGateway }, { now: "2027-01-01T00:00:00.000Z", maxAgeSeconds: 1 }],
    ];
    for (const [code, given, under, more] of told) {
      it(`where it made the verdict: ${code}`, () => {
        const found = verify(given, { ...more, trusted: under });
        expect([found.verdict.code, unknownsOf(found).includes("BUNDLE_OF_GATEWAY")]).to.deep.equal([code, true]);
        const vouched = verify(given, { ...more, trusted: { ...under, broughtBy: "holder" } });
        expect(unknownsOf(vouched)).to.not.include("BUNDLE_OF_GATEWAY");
      });
    }

    it("not where the file itself shows that it was altered", () => {
      const found = verify(forged, { trusted: { ...trusted(), ...broughtByGateway } });
      expect([found.verdict.code, found.unknown]).to.deep.equal(["altered", []]);
    });
  });
});

describe("a certificate of another ledger", () => {
  const other = { verdict: "unknown", seals: "SKIPPED OTHER_LEDGER", trust: "INVALID OTHER_LEDGER" };
  const found = (given: ReturnType<typeof verify>) => {
    const { seals, trust } = outcomes(given);
    return { verdict: given.verdict.code, seals, trust };
  };

  it("is not in this one, whatever seals it, and no block of this one says so", () => {
    for (const consensus of ["clique", "development"] as const) {
      const given = verify(certificate({ consensus }));
      expect(found(given)).to.deep.equal(other);
      expect(given.verdict.asOf).to.equal(null);
    }
    const elsewhere = trustedOf(bundleOf("qbft", { chainId: 5 }));
    expect(found(verify(certificate(), { trusted: elsewhere }))).to.deep.equal(other);
  });

  it("of the same chain is another one too", () => {
    const { seals, trust } = outcomes(verify(certificate({ state: { address: `0x${"2e".repeat(20)}` } })));
    expect([seals, trust]).to.deep.equal(["SKIPPED OTHER_LEDGER", "INVALID OTHER_LEDGER"]);
  });

  it("and altered besides, is altered", () => {
    const subject = certificate({ consensus: "clique" });
    const given = verify({ ...subject, record: { ...subject.record, digest: "0".repeat(64) } });
    expect(given.verdict.code).to.equal("altered");
  });
});

describe("what a certificate shows", () => {
  it("is the public fields, the views of masked ones, and the files", () => {
    const found = verify(certificate());
    expect(found.shown).to.include({ decisionDocNo: number, legalRepName: "王*", publicityMode: "PUBLISH" });
    expect(found.shown).to.not.have.any.keys("remark", "orgCode");
    expect(found.files).to.have.all.keys("file/0");
    expect(found.hidden.byHolder).to.deep.equal([]);
    expect(found.hidden.byLaw).to.include.members(["remark", "personIdNo"]);
  });

  it("names every public field that the holder hid, by its field, and knows nothing of it", () => {
    const hidden = ["decisionDocNo", "penaltyContent", "legalRepName.public"];
    const found = verify(certificate({ show: publicNames.filter((name) => !hidden.includes(name)) }));
    expect(found.verdict.code).to.equal("in-force");
    expect(found.hidden.byHolder).to.deep.equal(["legalRepName", "decisionDocNo", "penaltyContent"]);
    expect(found.documentNumber).to.equal(null);
    expect(unknownsOf(found)).to.include("REST_OF_CONTENT");
  });

  it("of a person, does not blame the holder for what the law withholds", () => {
    const record = penalty({
      counterpartType: "NATURAL_PERSON",
      counterpartName: "张三",
      personIdType: "RESIDENT_ID",
      personIdNo: "11010519491231002X",
    });
    const found = verify(certificate({ record, show: ["counterpartName.public", "counterpartType"] }));
    expect(found.shown).to.deep.equal({ counterpartName: "张*", counterpartType: "NATURAL_PERSON" });
    expect(found.hidden.byHolder).to.include("decisionDocNo").and.not.include("penaltyContent");
    expect(found.hidden.byLaw).to.include("penaltyContent");
  });

  it("is nothing where the record was altered", () => {
    const subject = certificate();
    const altered = { ...subject, record: { ...subject.record, digest: "0".repeat(64) } };
    expect(verify(altered)).to.deep.include({ shown: {}, files: {}, documentNumber: null, standings: [], met: null });
  });

  it("is all of it where the holder shows all", () => {
    const record = penalty();
    const found = verify(certificate({ record, show: record.disclosures.map(([, name]) => name) }));
    expect(found.verdict.code).to.equal("in-force");
    expect(found.shown["legalRepName"]).to.equal("王示例");
    expect(found.hidden).to.deep.equal({ byHolder: [], byLaw: [] });
    expect(unknownsOf(found)).to.not.include("REST_OF_CONTENT");
  });

  it("of a kind that is not known here could not be checked, which is not altered", () => {
    const found = verify(certificate(), { kinds: createKindRegistry([]) });
    expect(found.verdict).to.include({ code: "unreachable", cause: "SCHEMA_UNKNOWN" });
    const unchecked: CheckId[] = ["disclosures", "schema", "digest", "path", "state-proof", "batch", "status"];
    for (const id of unchecked) expect(outcomes(found)[id], id).to.equal("ERROR SCHEMA_UNKNOWN");
    expect(found).to.deep.include({ shown: {}, files: {} });
  });

  it("another schema of the same name and version is another schema", () => {
    const found = verify(certificate(), { kinds: createKindRegistry([{ ...penaltyKind, zh: "另一种" }]) });
    expect(outcomes(found)).to.include({ schema: "INVALID SCHEMA_DIFFERS" });
    expect(found.verdict.code).to.equal("altered");
  });
});

it("what cannot be checked is no forgery, and what is forged is no matter of checking", () => {
  const withoutTrust = { trusted: undefined };
  expect(verify(certificate(), withoutTrust).verdict.code).to.equal("unreachable");
  const subject = certificate();
  const forged = { ...subject, record: { ...subject.record, digest: "0".repeat(64) } };
  expect(verify(forged, withoutTrust).verdict.code).to.equal("altered");
});
