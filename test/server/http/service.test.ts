import { expect } from "chai";

import { parseTrustBundle } from "../../../core/trust/bundle.ts";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { alive, ledger, readiness, trust } from "../../../server/http/schemas.ts";
import { quietProgress, startGateway, type Gateway } from "../gateway.ts";
import { market, penalty, personPenalty, statusContent } from "../samples.ts";

describe("what the gateway says of itself", () => {
  let gateway: Gateway;
  before(async () => (gateway = await startGateway()));
  after(() => gateway.close());
  const post = (recordId: string) =>
    gateway.call("POST", "/v1/records", {
      key: gateway.keys.market,
      body: { kind: "credit-penalty", recordId, content: penalty },
    });

  it("GET /v1/ledger: counts, head and addresses", async () => {
    await post("L-1");
    await post("L-2");
    await gateway.ledger.anchorAll();
    await post("L-3");
    const head = { blockNumber: 7, blockHash: `0x${"ab".repeat(32)}` as const, blockTime: "2026-11-24T00:00:00.000Z" };
    gateway.knobs.progress = { ...quietProgress, backlog: 1, head, savedBlock: 5 };
    const body = ledger.parse((await gateway.call("GET", "/v1/ledger")).body);
    expect(body.records).to.deep.equal({ accepted: 3, anchored: 2, backlog: 1 });
    expect(body).to.deep.include({ head, savedBlock: 5, chainUp: true, batches: 1, statuses: 0, refusedOrders: 0 });
    expect(body.ledger.chainId).to.equal(1337);
    expect(body).to.deep.include({ consensus: "development", finality: { state: "saved", of: null } });
    const endorsement = { of: 4, newest: [7, 6, 5] };
    gateway.knobs.progress = { ...quietProgress, consensus: "clique", endorsement };
    const clique = ledger.parse((await gateway.call("GET", "/v1/ledger")).body);
    expect(clique).to.deep.include({ consensus: "clique", finality: { state: "endorsed", of: 4 } });
    gateway.knobs.progress = quietProgress;
  });

  it("GET /v1/kinds: every kind with its fields, in the order of their commitments", async () => {
    const { body } = await gateway.call("GET", "/v1/kinds");
    expect(body).to.deep.equal({ kinds: JSON.parse(JSON.stringify(builtInKinds.all())) });
  });

  it("GET /v1/trust: the trust bundle", async () => {
    const { body } = await gateway.call("GET", "/v1/trust");
    expect(trust.parse(body)).to.deep.equal(body);
    expect(parseTrustBundle(body).chainId).to.equal(1337);
  });

  it("GET /healthz and /readyz: alive, and ready only while it takes writes", async () => {
    expect(alive.parse((await gateway.call("GET", "/healthz")).body)).to.deep.equal({ alive: true });
    const ready = await gateway.call("GET", "/readyz");
    expect([ready.status, readiness.parse(ready.body).ready]).to.deep.equal([200, true]);
    const fine = quietProgress;
    for (const [change, check] of [
      [{ backlog: 1_000 }, "backlog"],
      [{ chainUp: false }, "chain"],
      [{ isStandingStill: true }, "chain"],
      [{ shortage: { wanted: 5, of: 4 } }, "signers"],
    ] as const) {
      gateway.knobs.progress = { ...fine, ...change };
      const not = await gateway.call("GET", "/readyz");
      expect(not.status).to.equal(503);
      expect(Object.entries(not.body.checks).filter(([, good]) => !good)).to.deep.equal([[check, false]]);
      expect(readiness.parse(not.body).chain.shortage).to.deep.equal("shortage" in change ? change.shortage : null);
    }
    gateway.knobs.progress = fine;
  });

  it("GET /readyz and /metrics tell a chain that does not answer from one that stands still, and records are taken", async () => {
    const chains = [];
    for (const change of [{}, { chainUp: false }, { isStandingStill: true, headAgeSeconds: 41 }]) {
      gateway.knobs.progress = { ...quietProgress, ...change };
      const { chain } = readiness.parse((await gateway.call("GET", "/readyz")).body);
      const up = /^hufu_chain_up (.*)$/m.exec((await gateway.call("GET", "/metrics")).text)?.[1];
      chains.push([chain.state, chain.headAgeSeconds, up]);
      expect((await post(`L-${chains.length}`)).status).to.be.oneOf([200, 202]);
    }
    const { text } = await gateway.call("GET", "/metrics");
    gateway.knobs.progress = quietProgress;
    expect(chains).to.deep.equal([
      ["up", null, "1"],
      ["unreachable", null, "0"],
      ["standing-still", 41, "0"],
    ]);
    expect(text).to.match(/^hufu_chain_head_age_seconds 41$/m);
  });

  it("GET /metrics: figures by route, none by record", async () => {
    const { text, headers } = await gateway.call("GET", "/metrics");
    expect(headers.get("content-type")).to.match(/^text\/plain/);
    expect(text).to.include('hufu_http_request_seconds_count{method="POST",route="/v1/records",status="202"} 3');
    expect(text).to.match(/^hufu_backlog_records 0$/m);
    expect(text).not.to.include("L-1");
  });

  it("security headers on every answer, also on problems", async () => {
    for (const path of ["/healthz", "/nowhere", "/v1/records"]) {
      const { headers } = await gateway.call("GET", path);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).to.include("default-src 'none'").and.to.include("script-src 'self'");
      expect(policy).not.to.include("unsafe");
      expect(headers.get("x-content-type-options")).to.equal("nosniff");
      expect(headers.get("x-frame-options")).to.equal("DENY");
      expect(headers.get("referrer-policy")).to.equal("no-referrer");
      expect(headers.has("x-powered-by")).to.equal(false);
      expect(headers.has("access-control-allow-origin")).to.equal(false);
    }
  });

  it("refuses writes and finishes what is under way once it stops", async () => {
    const stopping = await startGateway();
    let release: () => void = () => undefined;
    stopping.knobs.waitFor = () => new Promise((resolve) => (release = () => resolve(false)));
    const body = { kind: "credit-penalty", recordId: "L-9", content: penalty };
    const underWay = stopping.call("POST", "/v1/records", {
      key: stopping.keys.market,
      body,
      headers: { prefer: "wait=50" },
    });
    while (!(await stopping.store.db.selectFrom("records").select("seq").executeTakeFirst()))
      await new Promise(setImmediate);
    stopping.stop();
    const refused = await stopping.call("POST", "/v1/records", { key: stopping.keys.market, body });
    expect([refused.status, refused.body.code]).to.deep.equal([503, "STOPPING"]);
    expect(refused.headers.get("retry-after")).to.equal("5");
    expect(refused.headers.get("connection")).to.equal("close");
    expect((await stopping.call("GET", "/readyz")).body.checks.accepting).to.equal(false);
    const closed = stopping.close();
    release();
    expect((await underWay).status).to.equal(202);
    await closed;
  });
});

describe("the log", () => {
  it("has a line for each request, and nothing personal, no content, no id and no key in it", async () => {
    const gateway = await startGateway();
    const key = gateway.keys.market;
    const record = { kind: "credit-penalty", recordId: "SECRET-ID", content: personPenalty };
    const { body } = await gateway.call("POST", "/v1/records", { key, body: record });
    await gateway.call("POST", "/v1/records", {
      key,
      body: { ...record, content: { ...personPenalty, personIdNo: "1" } },
    });
    await gateway.call("GET", `/v1/records/${body.digest}`, { key });
    await gateway.call("GET", `/v1/records?agency=${market}&recordId=SECRET-ID`, { key });
    await gateway.call(
      "GET",
      `/v1/records?kind=credit-penalty&documentNumber=${encodeURIComponent("深坪示市监罚〔2026〕13号")}`,
    );
    await gateway.call("GET", "/someone/李示例", { key: "hufu_wrong" });
    await gateway.call("POST", `/v1/records/${body.digest}/status`, {
      key,
      body: statusContent("ENDED", "REPAIR_GRANTED", market),
    });
    await gateway.call("POST", "/v1/verifications", { body: { record: { agency: market, ...record } } });
    await gateway.close();
    const log = gateway.log.join("");
    expect(gateway.log.length).to.be.at.least(8);
    for (const secret of ["李示例", "440310190001010018", "SECRET-ID", "深坪示", "公开理由", key, "hufu_", body.digest])
      expect(log, secret).not.to.include(secret);
    const first = JSON.parse(gateway.log[0] ?? "{}");
    expect(first).to.include({ method: "POST", route: "/v1/records", status: 202, msg: "request" });
    expect(first.key).to.match(/^[0-9a-f]{16}$/);
  });

  it("has the cause of a fault of ours, and the caller has only its name", async () => {
    const gateway = await startGateway({ trust: () => Promise.reject(new Error("the inner reason")) });
    const { status, body, text } = await gateway.call("GET", "/v1/trust");
    await gateway.close();
    expect([status, body.code]).to.deep.equal([500, "INVARIANT"]);
    expect(text).not.to.include("inner reason");
    const line = gateway.log.find((entry) => entry.includes("the inner reason"));
    expect(line).to.include(body.instance);
  });
});
