import { expect } from "chai";

import { parseRenewal, renewed } from "../../../core/certificate/renew.ts";
import { certificate as certificateForm, renewal as renewalForm } from "../../../server/http/certificate-schemas.ts";
import { startGateway, type Gateway } from "../gateway.ts";
import { market, penalty, personPenalty, statusContent } from "../samples.ts";

describe("GET /v1/records/{digest}/proof", () => {
  let gateway: Gateway;
  let serial = 0;
  before(async () => (gateway = await startGateway()));
  beforeEach(() => (gateway.ledger.chain.isDown = false));
  after(() => gateway.close());

  async function post(content: object): Promise<string> {
    const body = { kind: "credit-penalty", recordId: `R-${String(++serial)}`, content };
    return (await gateway.call("POST", "/v1/records", { key: gateway.keys.market, body })).body.digest;
  }
  const decide = (digest: string) =>
    gateway.call("POST", `/v1/records/${digest}/status`, {
      key: gateway.keys.market,
      body: statusContent("ENDED", "REPAIR_GRANTED", market),
    });
  const proof = (digest: string) => gateway.call("GET", `/v1/records/${digest}/proof`);

  it("is what a certificate of the same moment has, for everybody, and for caches", async () => {
    const digest = await post(penalty);
    await gateway.ledger.anchorAll();
    const answer = await proof(digest);
    expect([answer.status, answer.headers.get("content-type")]).to.deep.equal([200, "application/json; charset=utf-8"]);
    expect(answer.headers.get("cache-control")).to.equal("public, max-age=1");
    const { body: certificate } = await gateway.call("GET", `/v1/records/${digest}/certificate`);
    expect(renewed(certificate, parseRenewal(answer.body))).to.deep.equal(certificate);
    expect(renewalForm.parse(answer.body)).to.deep.equal(answer.body);
    expect(certificateForm.parse(certificate)).to.deep.equal(certificate);
  });

  it("shows nothing of the record, and of its decisions what is public", async () => {
    const digest = await post(personPenalty);
    await decide(digest);
    await gateway.ledger.anchorAll();
    const { text, body } = await proof(digest);
    expect(parseRenewal(body).links.map(({ header }) => header.kind)).to.deep.equal(["status-decision"]);
    expect(text).not.to.include("李");
  });

  it("says nothing of an order that is not on the chain yet", async () => {
    const digest = await post(penalty);
    await gateway.ledger.anchorAll();
    await decide(digest);
    await gateway.ledger.anchorRecords();
    expect(parseRenewal((await proof(digest)).body).links).to.deep.equal([]);
    const { body } = await gateway.call("POST", "/v1/verifications", { body: { digest } });
    expect(body.verdict).to.equal("in-force");
    await gateway.ledger.setStatuses();
    expect(parseRenewal((await proof(digest)).body).links).to.have.length(1);
  });

  it("of an erased record is there all the same: whoever holds its certificate can renew it", async () => {
    const digest = await post(penalty);
    await gateway.ledger.anchorAll();
    const { body: certificate } = await gateway.call("GET", `/v1/records/${digest}/certificate`);
    await gateway.store.write((tx) =>
      tx
        .updateTable("records")
        .set({ content: null, seed: null })
        .where("digest", "=", Buffer.from(digest, "hex"))
        .execute(),
    );
    await decide(await post(penalty));
    await gateway.ledger.anchorAll();
    const again = renewed(certificate, parseRenewal((await proof(digest)).body));
    expect(again.proof).not.to.deep.equal(certificate.proof);
    const { body } = await gateway.call("POST", "/v1/verifications", { body: { certificate: again } });
    expect(body.verdict).to.equal("in-force");
  });

  it("problems: RECORD_NOT_FOUND, NOT_ANCHORED, and of the node", async () => {
    const unknown = await proof("ab".repeat(32));
    expect([unknown.status, unknown.body.code]).to.deep.equal([404, "RECORD_NOT_FOUND"]);
    const digest = await post(penalty);
    const early = await proof(digest);
    expect([early.status, early.body.code]).to.deep.equal([409, "NOT_ANCHORED"]);
    await gateway.ledger.anchorAll();
    gateway.ledger.chain.isDown = true;
    const down = await proof(digest);
    expect([down.status, down.body.code]).to.deep.equal([503, "NODE_UNREACHABLE"]);
    gateway.ledger.chain.isDown = false;
    gateway.ledger.chain.lie = () => ({});
    const lying = await proof(digest);
    gateway.ledger.chain.lie = (answer) => answer;
    expect([lying.status, lying.body.code]).to.deep.equal([503, "NODE_ANSWER"]);
  });
});
