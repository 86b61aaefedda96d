import { expect } from "chai";

import { parseCertificate, type Certificate } from "../../../core/certificate/certificate.ts";
import type { JsonObject } from "../../../core/json/parse.ts";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { nobleRecover } from "../../../core/proofs/signature.ts";
import { followTrust } from "../../../core/trust/anchor.ts";
import { parseTrustBundle } from "../../../core/trust/bundle.ts";
import { verifyCertificate, type Verification } from "../../../core/verify/verify.ts";
import { verification } from "../../../server/http/schemas.ts";
import { startGateway, type Answer, type Gateway } from "../gateway.ts";
import { market, penalty, personPenalty, statusContent } from "../samples.ts";

/** As whoever holds the gateway's trust bundle and asks nobody. */
async function verifyOffline(gateway: Gateway, certificate: Certificate): Promise<Verification> {
  const tools = { keccak: nobleKeccak, recover: nobleRecover };
  const bundle = parseTrustBundle((await gateway.call("GET", "/v1/trust")).body);
  const trusted = { bundle, state: followTrust(bundle, tools), broughtBy: "holder" } as const;
  return verifyCertificate({ certificate, kinds: builtInKinds, ...tools, trusted });
}

interface Tools {
  post(content: JsonObject, more?: object): Promise<string>;
  certificate(digest: string, key?: string): Promise<Certificate>;
  verify(body: object): Promise<ReturnType<typeof verification.parse>>;
}

function toolsOf(gateway: () => Gateway): Tools {
  let last = 0;
  return {
    async post(content, more = {}) {
      const body = { kind: "credit-penalty", recordId: `C-${String(++last)}`, content, ...more };
      const answer = await gateway().call("POST", "/v1/records", { key: gateway().keys.market, body });
      expect(answer.status, answer.text).to.equal(202);
      return answer.body.digest;
    },
    async certificate(digest, key) {
      const answer = await gateway().call("GET", `/v1/records/${digest}/certificate`, key === undefined ? {} : { key });
      expect(answer.status, answer.text).to.equal(200);
      return parseCertificate(answer.body);
    },
    async verify(body) {
      const answer = await gateway().call("POST", "/v1/verifications", { body });
      expect(answer.status, answer.text).to.equal(200);
      return verification.parse(answer.body);
    },
  };
}

describe("GET /v1/records/{digest}/certificate", () => {
  let gateway: Gateway;
  before(async () => (gateway = await startGateway()));
  after(() => gateway.close());
  const { post, certificate } = toolsOf(() => gateway);

  it("is not there before the record is anchored", async () => {
    const answer = await gateway.call("GET", `/v1/records/${await post(penalty)}/certificate`);
    expect([answer.status, answer.body.code]).to.deep.equal([409, "NOT_ANCHORED"]);
  });

  it("holds by itself, of every record of a batch", async () => {
    const digests = await Promise.all(Array.from({ length: 7 }, () => post(penalty)));
    await gateway.ledger.anchorAll();
    for (const digest of digests) {
      const { verdict, checks } = await verifyOffline(gateway, await certificate(digest));
      expect(verdict.code, JSON.stringify(checks)).to.equal("in-force");
      expect(verdict.asOf?.blockNumber).to.equal(gateway.ledger.block());
      expect(checks.filter(({ outcome }) => outcome !== "VALID").map(({ id }) => id)).to.deep.equal([
        "links",
        "signature",
        "freshness",
      ]);
    }
  });

  it("shows the public the public part, its agency everything", async () => {
    const digest = await post(penalty);
    await gateway.ledger.anchorAll();
    const open = (await certificate(digest)).record.disclosures.map(([, name]) => name);
    expect(open).to.include.members(["counterpartName.public", "legalRepName.public", "decisionDocNo"]);
    expect(open).not.to.include.members(["remark"]);
    expect(open).not.to.include.members(["legalRepName"]);
    const own = (await certificate(digest, gateway.keys.market)).record.disclosures.map(([, name]) => name);
    expect(own).to.include.members(["remark", "legalRepName"]);
  });

  it("shows nothing of content that is hidden, and nothing that a guess could be tested against", async () => {
    const digest = await post({ ...personPenalty, publicityMode: "WITHHELD_PERSON" });
    await gateway.ledger.anchorAll();
    const answer = await gateway.call("GET", `/v1/records/${digest}/certificate`);
    expect(parseCertificate(answer.body).record.disclosures).to.deep.equal([]);
    expect(answer.text).not.to.include("李");
  });

  it("is gone of an erased record", async () => {
    const digest = await post(penalty);
    await gateway.ledger.anchorAll();
    const bytes = Buffer.from(digest, "hex");
    await gateway.store.write((tx) =>
      tx.updateTable("records").set({ content: null, seed: null }).where("digest", "=", bytes).execute(),
    );
    const answer = await gateway.call("GET", `/v1/records/${digest}/certificate`);
    expect([answer.status, answer.body.code]).to.deep.equal([410, "RECORD_ERASED"]);
  });
});

describe("POST /v1/verifications", () => {
  let gateway: Gateway;
  before(async () => (gateway = await startGateway()));
  beforeEach(() => Object.assign(gateway.ledger.chain, { isDown: false, lag: 0 }));
  after(() => gateway.close());
  const { post, certificate, verify } = toolsOf(() => gateway);
  const held = (recordId: string, content: JsonObject, more: object = {}) => ({
    record: { agency: market, kind: "credit-penalty", recordId, content, ...more },
  });

  it("a digest: in force, with the agency and the number from this ledger", async () => {
    const digest = await post(penalty);
    await gateway.ledger.anchorAll();
    const answer = await verify({ digest });
    expect(answer).to.include({
      verdict: "in-force",
      digest,
      kind: "credit-penalty",
      documentNumber: penalty["decisionDocNo"],
    });
    expect(answer.agency).to.deep.equal({ uscc: market, name: "坪山示例市场监管局（虚构）" });
    expect(answer.asOf?.blockNumber).to.equal(gateway.ledger.block());
    expect(answer.checks.map(({ id, outcome }) => [id, outcome])).to.deep.equal([
      ["disclosures", "VALID"],
      ["schema", "VALID"],
      ["digest", "VALID"],
      ["path", "VALID"],
      ["links", "SKIPPED"],
      ["state-proof", "VALID"],
      ["batch", "VALID"],
      ["status", "VALID"],
      ["signature", "SKIPPED"],
      ["seals", "VALID"],
      ["trust", "VALID"],
      ["freshness", "SKIPPED"],
    ]);
    for (const text of [answer.sentence, ...answer.checks.map(({ sentence }) => sentence)])
      for (const said of [text["zh-CN"], text.en]) expect(said).to.have.length.greaterThan(3);
    expect(answer.links?.self).to.equal(`/v1/records/${digest}`);
  });

  it("a digest: accepted, before it is anchored; unknown, where there is none", async () => {
    const digest = await post(penalty);
    expect(await verify({ digest })).to.include({ verdict: "accepted", kind: "credit-penalty", digest });
    const unknown = await verify({ digest: "ab".repeat(32) });
    expect(unknown).to.include({ verdict: "unknown", kind: null, links: null });
  });

  it("a digest whose content is not public: nothing is said to be held back by a holder", async () => {
    const digest = await post({ ...penalty, publicityMode: "SHARE_ONLY" });
    await gateway.ledger.anchorAll();
    const { notShown } = await verify({ digest });
    expect(notShown).to.have.property("byHolder").that.deep.equals([]);
    expect(notShown).to.have.property("byLaw").that.includes.members(["counterpartName", "personIdNo"]);
  });

  it("a node that does not answer makes the verdict unreachable, never altered", async () => {
    const digest = await post(penalty);
    await gateway.ledger.anchorAll();
    const issued = await certificate(digest);
    gateway.ledger.chain.isDown = true;
    for (const body of [{ digest }, { certificate: issued }]) {
      const answer = await verify(body);
      expect(answer).to.include({ verdict: "unreachable", digest, documentNumber: penalty["decisionDocNo"] });
      expect(answer.checks.filter(({ outcome }) => outcome === "ERROR").map(({ code }) => code)).to.deep.equal([
        "NODE_UNREACHABLE",
      ]);
    }
  });

  it("a certificate: genuine as issued, altered in one character, unknown on another ledger", async () => {
    const digest = await post(penalty);
    await gateway.ledger.anchorAll();
    const issued = await certificate(digest);
    expect((await verify({ certificate: issued })).verdict).to.equal("in-force");
    const { record } = issued;
    const disclosures = record.disclosures.map(([salt, name, value]) => [
      salt,
      name,
      name === "decisionDate" ? "2026-06-02" : value,
    ]);
    const verdictOf = async (changed: object): Promise<string> =>
      (await verify({ certificate: { ...issued, ...changed } })).verdict;
    expect(await verdictOf({ record: { ...record, disclosures } })).to.equal("altered");
    expect(await verdictOf({ ledger: { ...issued.ledger, chainId: 1 } })).to.equal("unknown");
    const root = `0x${"12".repeat(32)}`;
    expect(await verdictOf({ record: { ...record, batch: { ...record.batch, root } } })).to.equal("altered");
  });

  it("a certificate that was altered is not asked about: the node is not needed to say so", async () => {
    const digest = await post(penalty);
    await gateway.ledger.anchorAll();
    const issued = await certificate(digest);
    gateway.ledger.chain.isDown = true;
    const nodes = issued.proof.nodes.slice(1);
    expect((await verify({ certificate: { ...issued, proof: { ...issued.proof, nodes } } })).verdict).to.equal(
      "altered",
    );
  });

  it("an old certificate: the status of today, with its reason", async () => {
    const digest = await post(penalty);
    await gateway.ledger.anchorAll();
    const issued = await certificate(digest);
    const body = statusContent("ENDED", "REPAIR_GRANTED", market);
    await gateway.call("POST", `/v1/records/${digest}/status`, { key: gateway.keys.market, body });
    await gateway.ledger.anchorAll();
    const answer = await verify({ certificate: issued });
    expect(answer.verdict).to.equal("ended");
    expect(answer.asOf?.blockNumber).to.equal(gateway.ledger.block());
    expect(answer.checks.find(({ id }) => id === "status")?.code).to.equal("STATUS_ON_LEDGER");
    expect(answer.sentence.en).to.match(/9 September 2026|2026-09-09/);
  });

  it("a certificate of a block that the node has not read yet: as of that block, and never as things were before", async () => {
    const digest = await post(penalty);
    await gateway.ledger.anchorAll();
    const body = statusContent("ENDED", "REPAIR_GRANTED", market);
    await gateway.call("POST", `/v1/records/${digest}/status`, { key: gateway.keys.market, body });
    await gateway.ledger.anchorAll();
    const issued = await certificate(digest);
    const expected = { verdict: "ended", asOf: (await verify({ certificate: issued })).asOf };
    // Before the status, before the decision, before the record itself was anchored.
    for (const lag of [1, 2, 3]) {
      gateway.ledger.chain.lag = lag;
      expect(await verify({ certificate: issued })).to.deep.include(expected);
    }
  });

  it("INVALID_CERTIFICATE: with every fault", async () => {
    const answer = await gateway.call("POST", "/v1/verifications", {
      body: { certificate: { format: "hufu-certificate" } },
    });
    expect([answer.status, answer.body.code]).to.deep.equal([422, "INVALID_CERTIFICATE"]);
    expect(answer.body.faults).to.be.an("array").that.is.not.empty;
  });

  it("a record with its content: genuine only as it was posted", async () => {
    const digest = await post(personPenalty, { recordId: "held" });
    await gateway.ledger.anchorAll();
    const genuine = await verify(held("held", personPenalty));
    expect(genuine).to.include({ verdict: "in-force", digest });
    const altered = await verify(held("held", { ...personPenalty, penaltyContent: "警告一次。" }));
    expect(altered.verdict).to.equal("altered");
    expect(altered.checks.map(({ id, outcome }) => [id, outcome])).to.deep.equal([["digest", "INVALID"]]);
    expect((await verify(held("nowhere", personPenalty))).verdict).to.equal("unknown");
  });

  it("a record with its content: whichever version it is", async () => {
    const first = await post(penalty, { recordId: "versions" });
    const changed = { ...penalty, penaltyContent: "罚款人民币2000元。", fineAmountWan: "0.200000" };
    const second = await post(changed, { recordId: "versions", amends: first });
    await gateway.ledger.anchorAll();
    expect(await verify(held("versions", penalty))).to.include({ verdict: "superseded", digest: first });
    expect(await verify(held("versions", changed))).to.include({ verdict: "in-force", digest: second });
    expect((await verify(held("versions", penalty, { amends: first }))).verdict).to.equal("altered");
  });

  it("TOO_MANY_ATTEMPTS: a record is no oracle for what it withholds", async () => {
    await post(personPenalty, { recordId: "oracle" });
    const guess = (personIdNo: string): Promise<Answer> =>
      gateway.call("POST", "/v1/verifications", { body: held("oracle", { ...personPenalty, personIdNo }) });
    const wrong = "11010519491231002X";
    for (let i = 0; i < 10; i++) expect((await guess(wrong)).body.verdict).to.equal("altered");
    const refused = await guess(wrong);
    expect([refused.status, refused.body.code]).to.deep.equal([429, "TOO_MANY_ATTEMPTS"]);
    expect(refused.headers.get("retry-after")).to.match(/^\d+$/);
    gateway.knobs.now += 3_600_000;
    const right = await guess("440310190001010018");
    expect(right.body.verdict).to.equal("accepted");
  });

  it("guesses that come all at once are counted too", async () => {
    await post(personPenalty, { recordId: "burst" });
    const body = held("burst", { ...personPenalty, personIdNo: "11010519491231002X" });
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => gateway.call("POST", "/v1/verifications", { body })),
    );
    expect(answers.filter(({ status }) => status === 200)).to.have.length(10);
  });

  it("INVALID_RECORD and UNKNOWN_KIND: content that no record can have", async () => {
    await post(penalty, { recordId: "shape" });
    const fault = await gateway.call("POST", "/v1/verifications", {
      body: held("shape", { ...penalty, decisionDate: "yesterday" }),
    });
    expect([fault.status, fault.body.faults[0].pointer]).to.deep.equal([422, "/record/content/decisionDate"]);
    const kind = { record: { agency: market, kind: "novel", recordId: "shape", content: {} } };
    const unknown = await gateway.call("POST", "/v1/verifications", { body: kind });
    expect(unknown.body.code).to.equal("UNKNOWN_KIND");
  });
});
