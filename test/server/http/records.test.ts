import { expect } from "chai";

import { accepted } from "../../../server/http/schemas.ts";
import { startGateway, type Gateway } from "../gateway.ts";
import { agreement, land, market, penalty, statusContent } from "../samples.ts";

describe("POST /v1/records", () => {
  let gateway: Gateway;
  before(async () => (gateway = await startGateway()));
  after(() => gateway.close());

  const post = (body: object, key = gateway.keys.market, headers = {}) =>
    gateway.call("POST", "/v1/records", { key, body, headers });

  it("accepts a record and says where to find it", async () => {
    const answer = await post({ kind: "credit-penalty", recordId: "A-1", content: penalty });
    expect(answer.status, answer.text).to.equal(202);
    const body = accepted.parse(answer.body);
    expect(body).to.include({ recordId: "A-1", kind: "credit-penalty", agency: market, state: "accepted" });
    expect(body.acceptedAt).to.equal("2026-11-24T04:00:00.000Z");
    expect(body.links).to.deep.equal({
      self: `/v1/records/${body.digest}`,
      certificate: `/v1/records/${body.digest}/certificate`,
      page: `/r/${body.digest}`,
    });
    expect(answer.headers.get("location")).to.equal(body.links.self);
  });

  it("answers the same content again with the first answer", async () => {
    const record = { kind: "credit-penalty", recordId: "A-2", content: penalty };
    const first = await post(record);
    gateway.knobs.now += 5_000;
    const again = await post({ ...record, content: Object.fromEntries(Object.entries(penalty).reverse()) });
    expect(again.status).to.equal(200);
    expect(again.body).to.deep.equal(first.body);
  });

  it("refuses other content under the same id, and names the record that has it", async () => {
    const record = { kind: "credit-penalty", recordId: "A-3", content: penalty };
    const { body } = await post(record);
    for (const other of [
      { ...record, content: { ...penalty, remark: "anders" } },
      { ...record, algorithm: "sm3" },
      { ...record, files: [{ name: "a.pdf", mediaType: "application/pdf", size: 1, sha256: "ab".repeat(32) }] },
    ]) {
      const answer = await post(other);
      expect(answer.status).to.equal(409);
      expect(answer.body.code).to.equal("RECORD_CONFLICT");
      expect(answer.body.detail).to.include(body.digest);
    }
  });

  it("keeps ids apart by agency and kind", async () => {
    const one = await post({ kind: "land-agreement", recordId: "A-4", content: agreement }, gateway.keys.land);
    expect(one.status, one.text).to.equal(202);
    const two = await post({ kind: "credit-penalty", recordId: "A-4", content: penalty });
    expect(two.status, two.text).to.equal(202);
  });

  it("two posts of one record at the same moment make one record", async () => {
    const record = { kind: "credit-penalty", recordId: "A-5", content: penalty };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(record)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 200, 200, 200, 200, 200, 200, 202]);
    expect(new Set(answers.map(({ body }) => body.digest)).size).to.equal(1);
  });

  it("waits for the anchor where the client prefers to, and says so", async () => {
    const waited: [string, number][] = [];
    gateway.knobs.waitFor = async (digest, ms) => {
      waited.push([digest, ms]);
      await gateway.ledger.anchorAll();
      return true;
    };
    const answer = await post({ kind: "credit-penalty", recordId: "A-6", content: penalty }, gateway.keys.market, {
      prefer: "wait=7",
    });
    gateway.knobs.waitFor = () => Promise.resolve(false);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get("preference-applied")).to.equal("wait=7");
    expect(answer.body.state).to.equal("anchored");
    expect(waited).to.deep.equal([[answer.body.digest, 7_000]]);
  });

  it("answers 202 when the anchor takes longer than the client would wait", async () => {
    const answer = await post({ kind: "credit-penalty", recordId: "A-7", content: penalty }, gateway.keys.market, {
      prefer: "wait=1",
    });
    expect([answer.status, answer.body.state]).to.deep.equal([202, "accepted"]);
    expect(answer.headers.get("preference-applied")).to.equal("wait=1");
  });

  it("warns of a broken law guard and accepts all the same", async () => {
    const content = { ...penalty, publicityDeadline: "2036-06-01", penaltyValidUntil: "2036-06-01" };
    const answer = await post({ kind: "credit-penalty", recordId: "A-8", content });
    expect(answer.status).to.equal(202);
    expect(answer.body.warnings).to.be.an("array");
  });

  it("writes every write into the access log, the refused ones with their reason", async () => {
    await post({ kind: "credit-penalty", recordId: "A-9", content: penalty });
    await post({ kind: "credit-penalty", recordId: "A-9", content: penalty });
    await post({ kind: "credit-penalty", recordId: "A-9", content: { ...penalty, remark: "2" } });
    const rows = await gateway.store.db.selectFrom("access_log").selectAll().orderBy("id", "desc").limit(3).execute();
    expect(rows.map(({ outcome }) => outcome)).to.deep.equal(["RECORD_CONFLICT", "repeated", "created"]);
    for (const row of rows) expect(row).to.include({ agency: market, action: "record.write" });
    for (const row of rows) expect(row.key_id).to.match(/^[0-9a-f]{16}$/);
  });
});

describe("an amendment", () => {
  let gateway: Gateway;
  before(async () => (gateway = await startGateway()));
  after(() => gateway.close());

  const post = (body: object, key = gateway.keys.market) => gateway.call("POST", "/v1/records", { key, body });
  const first = async (recordId: string): Promise<string> =>
    (await post({ kind: "credit-penalty", recordId, content: penalty })).body.digest;
  const amended = { ...penalty, penaltyContent: "罚款人民币2000元。", fineAmountWan: "0.200000" };

  it("supersedes its predecessor in the commit that accepts it", async () => {
    const amends = await first("B-1");
    const answer = await post({ kind: "credit-penalty", recordId: "B-1", content: amended, amends });
    expect(answer.status, answer.text).to.equal(202);
    const order = await gateway.store.db
      .selectFrom("orders")
      .selectAll()
      .where("type", "=", "status")
      .executeTakeFirstOrThrow();
    expect(Buffer.from(order.target ?? []).toString("hex")).to.equal(amends);
    expect(Buffer.from(order.basis ?? []).toString("hex")).to.equal(answer.body.digest);
    expect(order).to.include({ agency: market, effect: 4, state: "waiting" });
    const repeated = await post({ kind: "credit-penalty", recordId: "B-1", content: amended, amends });
    expect([repeated.status, repeated.body.digest]).to.deep.equal([200, answer.body.digest]);
  });

  it("is refused of a version that was amended already, and leaves nothing behind", async () => {
    const amends = await first("B-2");
    await post({ kind: "credit-penalty", recordId: "B-2", content: amended, amends });
    const second = await post({
      kind: "credit-penalty",
      recordId: "B-2",
      content: { ...amended, remark: "3" },
      amends,
    });
    expect([second.status, second.body.code]).to.deep.equal([409, "ALREADY_AMENDED"]);
  });

  it("is refused of a record that is not there, or is another", async () => {
    const amends = "ab".repeat(32);
    const unknown = await post({ kind: "credit-penalty", recordId: "B-3", content: amended, amends });
    expect([unknown.status, unknown.body.code]).to.deep.equal([422, "PREDECESSOR_UNKNOWN"]);
    const other = await post({ kind: "credit-penalty", recordId: "B-4", content: amended, amends: await first("B-5") });
    expect([other.status, other.body.code]).to.deep.equal([422, "PREDECESSOR_MISMATCH"]);
    const rows = await gateway.store.db
      .selectFrom("records")
      .select("record_id")
      .where("record_id", "in", ["B-3", "B-4"])
      .execute();
    expect(rows).to.deep.equal([]);
  });

  it("is refused of a withdrawn record, from the decision on", async () => {
    const amends = await first("B-6");
    const withdrawal = await gateway.call("POST", `/v1/records/${amends}/status`, {
      key: gateway.keys.market,
      body: statusContent("WITHDRAWN", "REVOKED_BY_AUTHORITY", market),
    });
    expect(withdrawal.status, withdrawal.text).to.equal(202);
    const answer = await post({ kind: "credit-penalty", recordId: "B-6", content: amended, amends });
    expect([answer.status, answer.body.code]).to.deep.equal([409, "STATUS_TERMINAL"]);
  });

  it("of a land agreement has the next version", async () => {
    const key = gateway.keys.land;
    const { body } = await post({ kind: "land-agreement", recordId: "B-7", content: agreement }, key);
    const amend = (version: number) =>
      post({ kind: "land-agreement", recordId: "B-7", content: { ...agreement, version }, amends: body.digest }, key);
    const wrong = await amend(3);
    expect([wrong.status, wrong.body.code]).to.deep.equal([422, "INVALID_RECORD"]);
    expect(wrong.body.faults).to.have.length(1);
    expect(wrong.body.faults[0]).to.include({ code: "VERSION_NOT_NEXT", pointer: "/content/version" });
    expect((await amend(2)).status).to.equal(202);
    expect(land).to.have.length(18);
  });
});
