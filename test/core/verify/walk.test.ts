import { expect } from "chai";
import { hideDisclosures } from "../../../core/certificate/hide.ts";
import { nobleHasher } from "../../../core/hash.ts";
import type { Verification } from "../../../core/verify/verify.ts";
import { kindNamed } from "../samples.ts";
import { justice, market } from "./chain.ts";
import { repairedAt } from "./ledger-state.ts";
import { decision, penalty, publicNamesOf } from "./records.ts";
import { certificate, outcomes, verify, type CertificateOptions, type Member } from "./sample.ts";
import { amended, annotated, repaired, replaced, withdrawn } from "./scenes.ts";

const standings = (options: CertificateOptions) => verify(certificate(options)).standings;
const digests = ({ record, links = [] }: CertificateOptions) =>
  [record, ...links.map((link) => link.record)].map((one) => one?.digest);

/** The same without one disclosure of the public ones. */
function without(member: Member, hidden: string): Member {
  const { show = publicNamesOf(member.record) } = member;
  return { ...member, show: show.filter((name) => name !== hidden) };
}

/** The fields of decisions that the verdict says are not shown. */
function notShown({ unknown }: Verification): string[] {
  const names = unknown.find(({ code }) => code === "DECISION_PARTLY_SHOWN")?.params?.["names"];
  return names === undefined ? [] : String(names).split(", ");
}

const unexplained = {
  actor: null,
  reason: null,
  decisionDate: null,
  explanation: null,
  successor: null,
  isExplained: false,
  notShown: [],
  contradicts: false,
};

describe("how a record stands", () => {
  it("never set: in force as it was anchored", () => {
    const { digest } = penalty();
    expect(standings({})).to.deep.equal([{ digest, effect: "IN_FORCE", version: 0, since: null, ...unexplained }]);
  });

  it("repaired: since when, by whose decision, why and by which words", () => {
    const [own, ...others] = standings(repaired());
    expect(others).to.deep.equal([]);
    expect(own).to.deep.equal({
      ...unexplained,
      digest: penalty().digest,
      effect: "ENDED",
      version: 1,
      since: repairedAt,
      actor: market,
      reason: "REPAIR_GRANTED",
      decisionDate: "2026-11-23",
      explanation: "（虚构）当事人已履行处罚决定，作出信用承诺，准予信用修复。",
      isExplained: true,
    });
  });

  it("annotated after an objection, and set again: the newest version counts", () => {
    const { record = penalty(), links = [] } = annotated();
    const basis = links[0]?.record.digest ?? "";
    const status = { effect: "ANNOTATED", basis, version: 7, since: "2026-11-22T01:00:00.000Z" } as const;
    expect(standings({ record, links, status })[0]).to.include({
      effect: "ANNOTATED",
      version: 7,
      since: "2026-11-22T01:00:00.000Z",
      reason: "OBJECTION_ACCEPTED",
    });
  });

  it("withdrawn: by another office than its own", () => {
    expect(standings(withdrawn())[0]).to.include({ effect: "WITHDRAWN", actor: justice, reason: "REVOKED_BY_COURT" });
  });

  it("amended three times: each is the successor of the one before, and the newest is in force", () => {
    const options = amended(3);
    const found = standings(options);
    expect(found.map(({ digest }) => digest)).to.deep.equal(digests(options));
    expect(found.map(({ effect }) => effect)).to.deep.equal(["SUPERSEDED", "SUPERSEDED", "SUPERSEDED", "IN_FORCE"]);
    expect(found.map(({ successor }) => successor)).to.deep.equal([...digests(options).slice(1), null]);
    expect(verify(certificate(options)).verdict).to.deep.include({
      successor: digests(options)[1],
      newest: { digest: digests(options)[3], effect: "IN_FORCE" },
    });
  });

  it("a decision that was amended: its successor is the amendment, though that is a decision about another record", () => {
    const record = decision(penalty().digest);
    const amendment = decision(penalty().digest, { explanation: "（虚构）更正。" }, market, record.digest);
    const status = { effect: "SUPERSEDED", basis: amendment.digest } as const;
    const options = { record, show: publicNamesOf(record), status, links: [{ record: amendment }] };
    const found = verify(certificate(options));
    expect(outcomes(found)["status"]).to.equal("VALID STATUS_ON_LEDGER");
    expect(found.verdict).to.deep.include({
      successor: amendment.digest,
      newest: { digest: amendment.digest, effect: "IN_FORCE" },
    });
  });

  it("superseded by a decision: the successor is the one that the decision names, with a status of its own", () => {
    const options = replaced();
    const [, correction, successor, repair] = digests(options);
    expect(repair).to.not.equal(correction);
    expect(standings(options).map(({ effect, reason }) => [effect, reason])).to.deep.equal([
      ["SUPERSEDED", "CORRECTED"],
      ["ENDED", "REPAIR_GRANTED"],
    ]);
    expect(verify(certificate(options)).verdict).to.deep.include({
      successor,
      newest: { digest: successor, effect: "ENDED" },
    });
  });
});

describe("a file that does not hold all that a status rests on", () => {
  it("without the decision: only what the ledger says", () => {
    expect(standings({ ...repaired(), links: [] })[0]).to.deep.include({ effect: "ENDED", ...unexplained });
  });

  it("with a decision of which some is hidden: only what is shown, and the rest is named", () => {
    const { links = [], ...own } = repaired();
    const partly = links.map((link) => ({ ...link, show: ["target", "effect", "decisionDate"] }));
    const found = verify(certificate({ ...own, links: partly }));
    expect(found.standings[0]).to.include({
      actor: market,
      reason: null,
      decisionDate: "2026-11-23",
      explanation: null,
      isExplained: true,
      contradicts: false,
    });
    expect(notShown(found)).to.include.members(["reason", "explanation"]).and.not.include.members(["decisionDate"]);
  });

  for (const hidden of ["reason", "decisionDate", "explanation", "decidingAuthority"])
    it(`with a decision that hides its ${hidden}: that is named, and nothing else`, () => {
      const { links = [], ...own } = withdrawn();
      const { verdict, unknown } = verify(certificate({ ...own, links: links.map((link) => without(link, hidden)) }));
      expect(verdict.code).to.equal("withdrawn");
      const zh = kindNamed("status-decision").fields.find(({ name }) => name === hidden)?.zh;
      expect(unknown).to.deep.include({ code: "DECISION_PARTLY_SHOWN", params: { names: hidden, zh } });
      expect(unknown.map(({ code }) => code)).to.not.include("DECISION_NOT_SHOWN");
    });

  it("with decisions about it and about its successor that both hide some: all of it is named, each once", () => {
    const { links: [correction, successor, repair] = [], ...own } = replaced();
    const links = [without(correction!, "reason"), successor!, without(without(repair!, "reason"), "explanation")];
    const found = verify(certificate({ ...own, links }));
    expect(found.standings.map((one) => one.notShown.map(({ name }) => name))).to.deep.equal([
      ["reason"],
      ["reason", "explanation"],
    ]);
    expect(notShown(found)).to.deep.equal(["reason", "explanation"]);
  });

  it("with all of a decision, or of an amendment's chain: nothing of it is not shown", () => {
    for (const options of [repaired(), annotated(), withdrawn(), replaced(), amended(3)]) {
      const found = verify(certificate(options));
      expect(notShown(found)).to.deep.equal([]);
      expect(found.unknown.map(({ code }) => code)).to.not.include("DECISION_NOT_SHOWN");
    }
  });

  for (const hidden of ["target", "effect"])
    it(`with a decision that hides its ${hidden}, which may be another: only what the ledger says`, () => {
      const { links = [], ...own } = withdrawn();
      const found = verify(certificate({ ...own, links: links.map((link) => without(link, hidden)) }));
      expect(found.standings[0]).to.deep.include({ effect: "WITHDRAWN", ...unexplained });
      expect(outcomes(found)["status"]).to.equal("VALID STATUS_UNEXPLAINED");
      expect(found.unknown.map(({ code }) => code)).to.include("DECISION_NOT_SHOWN");
    });

  it("with a decision that hides the successor: superseded, and by what is not known", () => {
    const { links = [], ...own } = replaced();
    const kind = kindNamed("status-decision");
    const whole = certificate({ ...own, links: links.slice(0, 1) });
    const hidden = hideDisclosures({ ...whole, record: whole.links[0]! }, new Set(["successor"]), {
      kind,
      hasher: nobleHasher("sha-256"),
    });
    const found = verify({ ...whole, links: [hidden.record] });
    expect(found.verdict).to.include({ code: "superseded", successor: null, newest: null, reason: "CORRECTED" });
    expect(notShown(found)).to.deep.equal(["successor"]);
  });

  it("without the successor: it is named, and how it stands is not known", () => {
    const { links = [], ...own } = replaced();
    const found = verify(certificate({ ...own, links: links.slice(0, 1) }));
    expect(found.verdict).to.deep.include({ successor: digests(replaced())[2], newest: null });
    expect(found.standings).to.have.length(1);
  });

  it("without the end of a chain: the newest that it shows is no longer in force either", () => {
    const { links = [], ...own } = amended(3);
    const { verdict, unknown } = verify(certificate({ ...own, links: links.slice(0, 2) }));
    expect(verdict.newest).to.deep.equal({ digest: digests(amended(3))[2], effect: "SUPERSEDED" });
    expect(unknown.map(({ code }) => code)).to.include("DECISION_NOT_SHOWN");
  });
});

describe("a decision that says otherwise than the ledger, which counts", () => {
  const other = penalty({}, { seed: 40 });
  const says: Record<string, CertificateOptions> = {
    "another effect": repaired({ effect: "ANNOTATED" }),
    "another record": repaired({ target: other.digest }),
  };
  for (const [what, options] of Object.entries(says))
    it(`of ${what}: gives no reason`, () => {
      const found = verify(certificate(options));
      expect(found.standings[0]).to.deep.include({ effect: "ENDED", ...unexplained, contradicts: true });
      expect(outcomes(found)["status"]).to.equal("VALID LINK_CONTRADICTS");
      expect(found.unknown.map(({ code }) => code)).to.include("DECISION_NOT_SHOWN");
    });

  it("an amendment that amends another record, or that did not supersede: is no successor", () => {
    const record = penalty();
    const stranger = penalty({ penaltyContent: "警告。" }, { amends: other.digest, seed: 41 });
    const amendment = penalty({ penaltyContent: "警告。" }, { amends: record.digest, seed: 42 });
    for (const [basis, effect] of [
      [stranger, "SUPERSEDED"],
      [amendment, "ENDED"],
    ] as const) {
      const status = { effect, basis: basis.digest };
      const [own] = standings({ record, status, links: [{ record: basis }] });
      expect(own).to.deep.include({ ...unexplained, effect, contradicts: true });
    }
  });

  it("nor is one by another agency", () => {
    const record = penalty();
    const names = { penaltyAuthorityUscc: justice, dataSourceUnitUscc: justice };
    const amendment = penalty(names, { amends: record.digest, seed: 43, agency: justice });
    const status = { effect: "SUPERSEDED", basis: amendment.digest } as const;
    const found = verify(certificate({ record, status, links: [{ record: amendment }] }));
    expect(found.verdict).to.include({ code: "superseded", successor: null, newest: null, actor: null });
  });

  it("a successor of another kind is not taken for one", () => {
    const record = penalty();
    const successor = decision(record.digest);
    const fields = { effect: "SUPERSEDED", reason: "CORRECTED", successor: successor.digest };
    const basis = decision(record.digest, fields);
    const status = { effect: "SUPERSEDED", basis: basis.digest } as const;
    const subject = certificate({ record, status, links: [{ record: basis }, { record: successor }] });
    expect(outcomes(verify(subject))["status"]).to.equal("INVALID LINK_UNEXPECTED");
  });

  it("links in another order are not what the status rests on", () => {
    const { links = [], ...own } = replaced();
    expect(outcomes(verify(certificate({ ...own, links: links.toReversed() })))["status"]).to.equal(
      "INVALID LINK_UNEXPECTED",
    );
  });
});
