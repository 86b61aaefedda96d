import { expect } from "chai";

import type { JsonObject } from "../../../core/json/parse.ts";
import { accepted, record } from "../../../server/http/schemas.ts";
import { startGateway, type Answer, type Gateway } from "../gateway.ts";
import { market, overseer, penalty, statusContent } from "../samples.ts";

describe("a change of status", () => {
  let gateway: Gateway;
  let last = 0;
  before(async () => (gateway = await startGateway()));
  after(() => gateway.close());

  const post = (body: object, key = gateway.keys.market): Promise<Answer> =>
    gateway.call("POST", "/v1/records", { key, body });
  const decide = (target: string, body: JsonObject, key = gateway.keys.market): Promise<Answer> =>
    gateway.call("POST", `/v1/records/${target}/status`, { key, body });
  const view = async (digest: string) => record.parse((await gateway.call("GET", `/v1/records/${digest}`)).body);
  const newRecord = async (): Promise<string> =>
    (await post({ kind: "credit-penalty", recordId: `S-${String(++last)}`, content: penalty })).body.digest;

  it("is a record of its own, and pending until the chain has it", async () => {
    const target = await newRecord();
    const answer = await decide(target, statusContent("ANNOTATED", "OBJECTION_ACCEPTED", market));
    expect(answer.status, answer.text).to.equal(202);
    const decision = accepted.parse(answer.body);
    expect(decision.kind).to.equal("status-decision");
    expect(decision.recordId).to.match(/^sd-[0-9a-f]{32}$/);
    const before = (await view(target)).status;
    expect(before).to.include({ effect: "IN_FORCE", version: 0, since: null });
    expect(before.pending).to.have.length(1);
    expect(before.pending[0]).to.include({
      effect: "ANNOTATED",
      actor: market,
      basis: decision.digest,
      state: "waiting",
    });

    await gateway.ledger.anchorAll();
    const { status } = await view(target);
    expect(status).to.include({ effect: "ANNOTATED", version: 1, basis: decision.digest });
    expect(status.actor).to.deep.equal({ uscc: market, name: "坪山示例市场监管局（虚构）" });
    expect(status.pending).to.deep.equal([]);
    expect(status.decision).to.include({
      digest: decision.digest,
      reason: "OBJECTION_ACCEPTED",
      decisionDate: "2026-09-09",
    });
    expect(status.decision?.link).to.equal(decision.links.self);
  });

  it("by the same body again is the same decision", async () => {
    const target = await newRecord();
    const content = statusContent("ENDED", "REPAIR_GRANTED", market);
    const first = await decide(target, content);
    const again = await decide(target, content);
    expect([first.status, again.status]).to.deep.equal([202, 200]);
    expect(again.body.digest).to.equal(first.body.digest);
    expect((await view(target)).status.pending).to.have.length(1);
  });

  it("may be posted as a record, also by an overseer", async () => {
    const target = await newRecord();
    const content = { target, ...statusContent("ENDED", "REPAIR_GRANTED", overseer) };
    const answer = await post(
      { kind: "status-decision", recordId: `SD-${target.slice(0, 8)}`, content },
      gateway.keys.overseer,
    );
    expect(answer.status, answer.text).to.equal(202);
    await gateway.ledger.anchorAll();
    const { status } = await view(target);
    expect(status.effect).to.equal("ENDED");
    expect(status.actor?.uscc).to.equal(overseer);
  });

  it("is refused to an agency without oversight for that effect", async () => {
    const target = await newRecord();
    const withdraw = await decide(
      target,
      statusContent("WITHDRAWN", "REVOKED_BY_COURT", overseer),
      gateway.keys.overseer,
    );
    expect([withdraw.status, withdraw.body.code]).to.deep.equal([403, "EFFECT_NOT_ALLOWED"]);
    const stranger = await decide(
      target,
      statusContent("ENDED", "REPAIR_GRANTED", "12440310XX0001089K"),
      gateway.keys.land,
    );
    expect([stranger.status, stranger.body.code]).to.deep.equal([403, "EFFECT_NOT_ALLOWED"]);
    const { status } = await view(target);
    expect(status.pending).to.deep.equal([]);
  });

  it("is refused after a terminal one", async () => {
    const target = await newRecord();
    await decide(target, statusContent("WITHDRAWN", "REVOKED_BY_AUTHORITY", market));
    const pending = await decide(target, statusContent("IN_FORCE", "DISPUTE", market));
    expect([pending.status, pending.body.code]).to.deep.equal([409, "STATUS_TERMINAL"]);
    await gateway.ledger.anchorAll();
    const anchored = await decide(target, statusContent("ANNOTATED", "LITIGATION", market));
    expect([anchored.status, anchored.body.code]).to.deep.equal([409, "STATUS_TERMINAL"]);
  });

  it("SUPERSEDED names a successor that is there", async () => {
    const target = await newRecord();
    const content = statusContent("SUPERSEDED", "CORRECTED", market);
    const none = await decide(target, content);
    expect([none.status, none.body.code]).to.deep.equal([422, "INVALID_RECORD"]);
    for (const successor of ["cd".repeat(32), target]) {
      const unknown = await decide(target, { ...content, successor });
      expect([unknown.status, unknown.body.code]).to.deep.equal([422, "SUCCESSOR_UNKNOWN"]);
    }
    const successor = await newRecord();
    expect((await decide(target, { ...content, successor })).status).to.equal(202);
  });

  it("needs a record to be about", async () => {
    const nowhere = "ef".repeat(32);
    const content = statusContent("ENDED", "REPAIR_GRANTED", market);
    const address = await decide(nowhere, content);
    expect([address.status, address.body.code]).to.deep.equal([404, "RECORD_NOT_FOUND"]);
    const body = await post({ kind: "status-decision", recordId: "SD-X", content: { target: nowhere, ...content } });
    expect([body.status, body.body.code]).to.deep.equal([422, "TARGET_UNKNOWN"]);
  });

  it("is posted without a target: the address has it", async () => {
    const target = await newRecord();
    const answer = await decide(target, { target, ...statusContent("ENDED", "REPAIR_GRANTED", market) });
    expect([answer.status, answer.body.code]).to.deep.equal([400, "INVALID_REQUEST"]);
  });

  it("of an amended record rests on the amendment", async () => {
    const amends = await newRecord();
    const recordId = `S-${String(last)}`;
    const content = { ...penalty, penaltyContent: "罚款人民币1000元。", fineAmountWan: "0.100000" };
    const { body } = await post({ kind: "credit-penalty", recordId, content, amends });
    await gateway.ledger.anchorAll();
    const old = await view(amends);
    expect(old.status).to.include({ effect: "SUPERSEDED", basis: body.digest, decision: null });
    expect(old.amendedBy).to.equal(body.digest);
    expect((await view(body.digest)).amends).to.equal(amends);
  });
});
