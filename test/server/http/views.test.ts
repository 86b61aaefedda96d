import { expect } from "chai";

import type { JsonObject } from "../../../core/json/parse.ts";
import { record, recordPage } from "../../../server/http/schemas.ts";
import { quietProgress, startGateway, type Gateway } from "../gateway.ts";
import { market, penalty, personPenalty, statusContent } from "../samples.ts";

const day = 86_400_000;

describe("GET /v1/records/{digest}", () => {
  let gateway: Gateway;
  let last = 0;
  before(async () => (gateway = await startGateway()));
  after(() => gateway.close());

  async function post(content: JsonObject, more: object = {}, recordId = `V-${String(++last)}`): Promise<string> {
    const body = { kind: "credit-penalty", recordId, content, ...more };
    const answer = await gateway.call("POST", "/v1/records", { key: gateway.keys.market, body });
    expect(answer.status, answer.text).to.equal(202);
    return answer.body.digest;
  }
  const view = async (digest: string, key?: string) =>
    record.parse((await gateway.call("GET", `/v1/records/${digest}`, key === undefined ? {} : { key })).body);
  const decide = (digest: string, effect: string, reason: string) =>
    gateway.call("POST", `/v1/records/${digest}/status`, {
      key: gateway.keys.market,
      body: statusContent(effect, reason, market),
    });

  it("shows the public what is public, and its agency everything", async () => {
    const digest = await post(penalty);
    const open = await view(digest);
    expect(open.content).to.include({ counterpartName: penalty["counterpartName"], legalRepName: "张*" });
    expect(open.content).not.to.have.property("remark");
    expect(open.notShown).to.include("remark");
    expect(open.contentHidden).to.equal(null);
    const own = await view(digest, gateway.keys.market);
    expect(own.content).to.deep.equal(penalty);
    expect(own.notShown).to.deep.equal([]);
    const other = await view(digest, gateway.keys.land);
    expect(other.content).to.deep.equal(open.content);
  });

  it("shows of a person a masked name and no number, anywhere in the answer", async () => {
    const digest = await post(personPenalty);
    const { text } = await gateway.call("GET", `/v1/records/${digest}`);
    expect(JSON.parse(text).content.counterpartName).to.equal("李*");
    for (const secret of ["李示例", "440310190001010018", "（虚构）无证经营"]) expect(text).not.to.include(secret);
  });

  it("needs the scope to read: without it an agency sees what the public sees", async () => {
    const digest = await post(penalty);
    const key = await gateway.newKey(market, ["records:write"]);
    expect((await view(digest, key)).content).not.to.have.property("remark");
  });

  it("writes each look at withheld data into the access log, and none at public data", async () => {
    const digest = await post(penalty);
    const rows = () =>
      gateway.store.db.selectFrom("access_log").selectAll().where("action", "=", "record.read").execute();
    const before = (await rows()).length;
    await view(digest);
    await view(digest, gateway.keys.land);
    expect((await rows()).length).to.equal(before);
    await view(digest, gateway.keys.market);
    const row = (await rows()).at(-1);
    expect(row).to.include({ agency: market, at: gateway.knobs.now });
    expect(Buffer.from(row?.digest ?? []).toString("hex")).to.equal(digest);
  });

  it("follows its way to the chain", async () => {
    const digest = await post(penalty);
    expect(await view(digest)).to.include({ state: "accepted", anchor: null });
    await gateway.ledger.anchorAll();
    const anchored = await view(digest);
    expect(anchored.state).to.equal("anchored");
    expect(anchored.anchor?.blockNumber).to.equal(gateway.ledger.block());
    gateway.knobs.progress = { ...gateway.knobs.progress, savedBlock: gateway.ledger.block() };
    expect((await view(digest)).state).to.equal("saved");
  });

  it("is final under QBFT alone; under Clique so many signers stand behind it, and it is never called more", async () => {
    const digest = await post(penalty);
    const consensus = "clique";
    gateway.knobs.progress = { ...quietProgress, consensus, endorsement: { of: 4, newest: [99, 98, 97] } };
    expect(await view(digest)).to.include({ state: "accepted", endorsement: null });
    await gateway.ledger.anchorAll();
    const block = gateway.ledger.block();
    const seen = [];
    for (const newest of [[], [block - 1], [block], [block + 1, block, block - 1], [9e6, 8e6, 7e6, 6e6]]) {
      gateway.knobs.progress = { ...quietProgress, consensus, endorsement: { of: 4, newest } };
      const { state, endorsement } = await view(digest);
      seen.push([state, endorsement?.by, endorsement?.of]);
    }
    expect(seen).to.deep.equal([
      ["anchored", undefined, undefined],
      ["anchored", undefined, undefined],
      ["endorsed", 1, 4],
      ["endorsed", 2, 4],
      ["endorsed", 4, 4],
    ]);
    gateway.knobs.progress = { ...quietProgress, consensus };
    expect(await view(digest)).to.include({ state: "anchored", endorsement: null });
    gateway.knobs.progress = { ...quietProgress, consensus: "qbft" };
    expect(await view(digest)).to.include({ state: "final", endorsement: null });
    gateway.knobs.progress = quietProgress;
  });

  it("hides content that is not to be published, and keeps number, agency and status", async () => {
    for (const publicityMode of ["SHARE_ONLY", "WITHHELD_PERSON"]) {
      const open = await view(await post({ ...penalty, publicityMode }));
      expect(open).to.include({
        content: null,
        contentHidden: "NOT_PUBLISHED",
        documentNumber: penalty["decisionDocNo"],
      });
      expect(open.agency.uscc).to.equal(market);
      expect(open.files).to.deep.equal([]);
    }
  });

  it("hides content from the day after its deadline, by the calendar of Shenzhen", async () => {
    const digest = await post({ ...penalty, publicityDeadline: "2026-11-24" });
    const noon = gateway.knobs.now;
    gateway.knobs.now = Date.UTC(2026, 10, 24, 15, 59, 59);
    expect((await view(digest)).contentHidden).to.equal(null);
    gateway.knobs.now += 1_000;
    expect((await view(digest)).contentHidden).to.equal("DEADLINE_PASSED");
    expect((await view(digest, gateway.keys.market)).content, "its agency keeps it").to.be.an("object");
    gateway.knobs.now = noon;
  });

  it("hides what was ended or withdrawn as soon as it is decided", async () => {
    for (const [effect, reason] of [
      ["ENDED", "REPAIR_GRANTED"],
      ["WITHDRAWN", "REVOKED_BY_AUTHORITY"],
    ] as const) {
      const digest = await post(penalty);
      await decide(digest, effect, reason);
      expect((await view(digest)).contentHidden).to.equal(effect);
      await gateway.ledger.anchorAll();
      expect((await view(digest)).contentHidden).to.equal(effect);
    }
  });

  it("shows a superseded version as long as the newest one is shown", async () => {
    const first = await post(penalty, {}, "V-chain");
    const second = await post({ ...penalty, remark: "2" }, { amends: first }, "V-chain");
    const third = await post({ ...penalty, remark: "3" }, { amends: second }, "V-chain");
    await gateway.ledger.anchorAll();
    expect((await view(first)).contentHidden).to.equal(null);
    await decide(third, "WITHDRAWN", "REVOKED_BY_COURT");
    for (const digest of [first, second, third]) expect((await view(digest)).contentHidden).to.equal("WITHDRAWN");
  });

  it("is not led in a circle by decisions that name each other's records", async () => {
    const [one, two] = [await post(penalty), await post({ ...penalty, publicityDeadline: "2026-11-25" })];
    const supersede = (target: string, successor: string) =>
      gateway.call("POST", `/v1/records/${target}/status`, {
        key: gateway.keys.market,
        body: { ...statusContent("SUPERSEDED", "CORRECTED", market), successor },
      });
    expect((await supersede(one, two)).status).to.equal(202);
    expect((await supersede(two, one)).status).to.equal(202);
    expect((await view(one)).contentHidden).to.equal(null);
    gateway.knobs.now += 2 * day;
    expect((await view(one)).contentHidden, "its successor is past its deadline").to.equal("DEADLINE_PASSED");
    gateway.knobs.now -= 2 * day;
  });

  it("keeps verdict and number of an erased record", async () => {
    const digest = await post(penalty);
    const bytes = Buffer.from(digest, "hex");
    await gateway.store.write((tx) =>
      tx.updateTable("records").set({ content: null, seed: null }).where("digest", "=", bytes).execute(),
    );
    expect(await view(digest)).to.include({ content: null, contentHidden: "ERASED" });
  });

  it("names public files and hides withheld ones", async () => {
    const file = { name: "决定书.pdf", mediaType: "application/pdf", size: 10, sha256: "ab".repeat(32) };
    const hidden = { ...file, name: "证据.pdf", sha256: "cd".repeat(32), withheld: true };
    const digest = await post(penalty, { files: [file, hidden] });
    expect((await view(digest)).files).to.deep.equal([file]);
    expect((await view(digest, gateway.keys.market)).files).to.have.length(2);
    expect((await view(await post(personPenalty, { files: [file] }))).files).to.deep.equal([]);
  });
});

describe("GET /v1/records", () => {
  let gateway: Gateway;
  const file = { name: "决定书.pdf", mediaType: "application/pdf", size: 10, sha256: "ab".repeat(32) };
  before(async () => {
    gateway = await startGateway();
    for (let i = 0; i < 5; i++) {
      const files = i < 2 ? [file] : [];
      const content = {
        ...penalty,
        decisionDocNo: i === 4 ? "深坪示市监罚〔2026〕99号" : "深坪示市监罚【2026】第012 号",
      };
      const body = { kind: "credit-penalty", recordId: `F-${String(i)}`, content, files };
      await gateway.call("POST", "/v1/records", { key: gateway.keys.market, body });
    }
    const body = { kind: "credit-penalty", recordId: "F-person", content: personPenalty, files: [file] };
    await gateway.call("POST", "/v1/records", { key: gateway.keys.market, body });
  });
  after(() => gateway.close());

  const search = async (query: Record<string, string>, key?: string) => {
    const answer = await gateway.call(
      "GET",
      `/v1/records?${new URLSearchParams(query).toString()}`,
      key === undefined ? {} : { key },
    );
    expect(answer.status, answer.text).to.equal(200);
    return recordPage.parse(answer.body);
  };
  const ids = (page: ReturnType<typeof recordPage.parse>) => page.records.map(({ recordId }) => recordId);

  it("finds a document's number however it is written", async () => {
    for (const documentNumber of [
      "深坪示市监罚〔2026〕第12号",
      "深坪示市监罚（２０２６）第０12号",
      "深坪示市监罚[2026]第12 号",
    ])
      expect(ids(await search({ kind: "credit-penalty", documentNumber }))).to.deep.equal(["F-0", "F-1", "F-2", "F-3"]);
    expect(
      ids(await search({ kind: "enforcement-action", documentNumber: "深坪示市监罚〔2026〕第12号" })),
    ).to.deep.equal([]);
  });

  it("gives pages that together are the whole list", async () => {
    const query = { kind: "credit-penalty", documentNumber: "深坪示市监罚〔2026〕第12号", limit: "3" };
    const first = await search(query);
    expect(ids(first)).to.deep.equal(["F-0", "F-1", "F-2"]);
    const second = await search({ ...query, after: first.next ?? "" });
    expect(ids(second)).to.deep.equal(["F-3"]);
    expect(second.next).to.equal(null);
  });

  it("finds the records of a public file, not those of a person's", async () => {
    expect(ids(await search({ file: file.sha256 }))).to.deep.equal(["F-0", "F-1"]);
    expect(ids(await search({ file: "cd".repeat(32) }))).to.deep.equal([]);
  });

  it("finds a record id for its own agency alone", async () => {
    const query = { agency: market, recordId: "F-2" };
    const { records } = await search(query, gateway.keys.market);
    expect(records.map(({ content }) => content?.["remark"])).to.deep.equal([penalty["remark"]]);
    const stranger = await gateway.call("GET", `/v1/records?${new URLSearchParams(query).toString()}`);
    expect([stranger.status, stranger.body.code]).to.deep.equal([401, "UNAUTHORIZED"]);
  });
});
