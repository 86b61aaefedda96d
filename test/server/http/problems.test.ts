import { connect } from "node:net";
import { expect } from "chai";

import type { ErrorCode } from "../../../core/error.ts";
import { problemKinds } from "../../../server/http/problem.ts";
import { problem } from "../../../server/http/schemas.ts";
import { allScopes } from "../../../server/store/keys.ts";
import { startGateway, type Answer, type Gateway } from "../gateway.ts";
import { land, market, penalty } from "../samples.ts";

const record = { kind: "credit-penalty", recordId: "P-1", content: penalty };

/** Codes that no request can bring about: they end the start, or stand for a fault of ours (tested in errors.test.ts). */
const notByRequest: readonly ErrorCode[] = [
  "DATA_FOLDER_LOCKED",
  "DATA_FOLDER_UNWRITABLE",
  "DATA_FOLDER_VERSION",
  "INVALID_CONFIGURATION",
  "KEYSTORE_UNREADABLE",
  "CHAIN_BINARY_MISSING",
  "CHAIN_MISMATCH",
  "CHAIN_FAILED",
  "NODE_UNREACHABLE",
  "NODE_REFUSED",
  "NODE_ANSWER",
  "NODE_MOVED",
  "MALFORMED_LOG",
  "INVARIANT",
];
/** Codes that have their tests beside what they are about. */
const testedElsewhere: readonly ErrorCode[] = [
  "RECORD_CONFLICT",
  "ALREADY_AMENDED",
  "PREDECESSOR_UNKNOWN",
  "PREDECESSOR_MISMATCH",
  "STATUS_TERMINAL",
  "EFFECT_NOT_ALLOWED",
  "TARGET_UNKNOWN",
  "SUCCESSOR_UNKNOWN",
  "NOT_ANCHORED",
  "INVALID_CERTIFICATE",
  "INVALID_PROOF",
  "INVALID_TRUST",
  "TOO_MANY_ATTEMPTS",
  "STORE_FAILED",
];

describe("problems", () => {
  let gateway: Gateway;
  const seen = new Set<string>();
  before(async () => (gateway = await startGateway()));
  after(() => gateway.close());

  const post = (body: unknown, headers: Record<string, string> = {}, key = gateway.keys.market): Promise<Answer> =>
    gateway.call("POST", "/v1/records", { key, body, headers });

  function expectProblem(answer: Answer, code: ErrorCode): ReturnType<typeof problem.parse> {
    seen.add(code);
    const body = problem.parse(answer.body);
    expect(body.code, answer.text).to.equal(code);
    expect(answer.status).to.equal(problemKinds[code].status);
    expect(body.status).to.equal(answer.status);
    expect(body.type).to.equal(`https://hufu.example/problems/${code.toLowerCase().replaceAll("_", "-")}`);
    expect(body.instance).to.match(/^urn:uuid:/);
    expect(answer.headers.get("content-type")).to.match(/^application\/problem\+json/);
    return body;
  }

  it("MALFORMED_JSON: no JSON, a key twice, no UTF-8", async () => {
    expectProblem(await post("{"), "MALFORMED_JSON");
    const twice = expectProblem(await post('{"kind":"a","kind":"b"}'), "MALFORMED_JSON");
    expect(twice.faults?.[0]).to.include({ code: "DUPLICATE_KEY", pointer: "/kind" });
    const bytes = await fetch(`${gateway.url}/v1/records`, {
      method: "POST",
      headers: { authorization: `Bearer ${gateway.keys.market}`, "content-type": "application/json" },
      body: Uint8Array.of(0x22, 0xff, 0x22),
    });
    expect([bytes.status, (await bytes.json()).code]).to.deep.equal([400, "MALFORMED_JSON"]);
  });

  it("INVALID_RECORD: every fault at once, each with its pointer", async () => {
    const shape = expectProblem(
      await post({ kind: 1, recordId: "", content: {}, extra: 1, algorithm: "md5" }),
      "INVALID_RECORD",
    );
    expect(shape.faults?.map(({ pointer }) => pointer)).to.have.members(["/kind", "/recordId", "/extra", "/algorithm"]);
    const content = { ...penalty, decisionDate: "2026-02-30", usccCode: "91440310XX00000191", unknown: 1 };
    const { faults } = expectProblem(await post({ ...record, content }), "INVALID_RECORD");
    expect(faults?.map(({ pointer }) => pointer)).to.have.members([
      "/content/decisionDate",
      "/content/usccCode",
      "/content/unknown",
    ]);
  });

  it("INVALID_RECORD: an id that looks like a citizen's ID number, and does not repeat it", async () => {
    const answer = await post({ ...record, recordId: "440310190001010018" });
    expect(expectProblem(answer, "INVALID_RECORD").faults?.[0]?.pointer).to.equal("/recordId");
    expect(answer.text).not.to.include("440310190001010018");
  });

  it("UNKNOWN_KIND", async () => void expectProblem(await post({ ...record, kind: "novel" }), "UNKNOWN_KIND"));

  it("INVALID_REQUEST: a search that is none, a cursor that is none", async () => {
    for (const query of [
      "",
      "?kind=credit-penalty",
      "?file=xyz",
      "?kind=a&documentNumber=b&file=c",
      "?kind=a&kind=b&documentNumber=c",
    ])
      expectProblem(await gateway.call("GET", `/v1/records${query}`), "INVALID_REQUEST");
    const cursor = await gateway.call("GET", "/v1/records?kind=credit-penalty&documentNumber=1&after=abc");
    expectProblem(cursor, "INVALID_REQUEST");
    expectProblem(await gateway.call("POST", "/v1/verifications", { body: { nothing: 1 } }), "INVALID_REQUEST");
  });

  it("UNAUTHORIZED: no key, a wrong one, one in another form", async () => {
    const none = await gateway.call("POST", "/v1/records", { body: record });
    expectProblem(none, "UNAUTHORIZED");
    expect(none.headers.get("www-authenticate")).to.match(/^Bearer/);
    expectProblem(await post(record, {}, "hufu_wrong"), "UNAUTHORIZED");
    expectProblem(await post(record, { authorization: "Basic YTpi" }), "UNAUTHORIZED");
    expectProblem(await gateway.call("GET", `/v1/records/${"ab".repeat(32)}`, { key: "hufu_wrong" }), "UNAUTHORIZED");
  });

  it("KEY_EXPIRED: from its instant on", async () => {
    const key = await gateway.newKey(market, allScopes, gateway.knobs.now + 1);
    expect((await post({ ...record, recordId: "P-2" }, {}, key)).status).to.equal(202);
    gateway.knobs.now += 1;
    expectProblem(await post(record, {}, key), "KEY_EXPIRED");
  });

  it("SCOPE_MISSING: a key may do what its scopes say", async () => {
    expectProblem(
      await post(record, {}, await gateway.newKey(market, ["records:read", "status:write"])),
      "SCOPE_MISSING",
    );
    const key = await gateway.newKey(market, ["records:write"]);
    const { body } = await post({ ...record, recordId: "P-3" }, {}, key);
    expectProblem(await gateway.call("POST", `/v1/records/${body.digest}/status`, { key, body: {} }), "SCOPE_MISSING");
    const other = `/v1/records?agency=${land}&recordId=P-3`;
    expectProblem(await gateway.call("GET", other, { key: gateway.keys.market }), "SCOPE_MISSING");
  });

  it("KIND_NOT_ALLOWED", async () => {
    const content = { ...penalty, caseNo: "1" };
    expect(content).to.be.an("object");
    const key = gateway.keys.market;
    const { agreement } = await import("../samples.ts");
    expectProblem(
      await post({ kind: "land-agreement", recordId: "P-4", content: agreement }, {}, key),
      "KIND_NOT_ALLOWED",
    );
  });

  it("NOT_FOUND and METHOD_NOT_ALLOWED: with the methods that are", async () => {
    expectProblem(await gateway.call("GET", "/v2"), "NOT_FOUND");
    for (const [method, path, allow] of [
      ["DELETE", "/v1/records", "GET, POST"],
      ["GET", "/v1/record-batches", "POST"],
      ["PUT", `/v1/records/${"ab".repeat(32)}`, "GET"],
      ["GET", `/v1/records/${"ab".repeat(32)}/status`, "POST"],
      ["POST", "/healthz", "GET"],
    ] as const) {
      const answer = await gateway.call(method, path);
      expectProblem(answer, "METHOD_NOT_ALLOWED");
      expect(answer.headers.get("allow")).to.equal(allow);
    }
  });

  it("RECORD_NOT_FOUND: also for what is no digest", async () => {
    for (const digest of ["ab".repeat(32), "AB".repeat(32), "1", "%E4%BD%A0"]) {
      expectProblem(await gateway.call("GET", `/v1/records/${digest}`), "RECORD_NOT_FOUND");
      expectProblem(await gateway.call("GET", `/v1/records/${digest}/certificate`), "RECORD_NOT_FOUND");
    }
  });

  it("INVALID_REQUEST: an address that is no UTF-8", async () => {
    expectProblem(await gateway.call("GET", "/v1/records/%ff"), "INVALID_REQUEST");
  });

  it("RECORD_ERASED: the id of an erased record is not free again", async () => {
    const erased = { ...record, recordId: "P-5" };
    const { body } = await post(erased);
    const digest = Buffer.from(body.digest, "hex");
    await gateway.store.write((tx) =>
      tx.updateTable("records").set({ content: null, seed: null }).where("digest", "=", digest).execute(),
    );
    expectProblem(await post(erased), "RECORD_ERASED");
  });

  it("BODY_TOO_LARGE", async () => {
    expectProblem(
      await post({ ...record, content: { ...penalty, violationFacts: "x".repeat(1024 * 1024) } }),
      "BODY_TOO_LARGE",
    );
  });

  it("UNSUPPORTED_MEDIA_TYPE: another type, another character set, compressed", async () => {
    for (const headers of [
      { "content-type": "text/plain" },
      { "content-type": "application/json; charset=gbk" },
      { "content-encoding": "gzip" },
    ])
      expectProblem(await post(record, headers), "UNSUPPORTED_MEDIA_TYPE");
    const batch = await gateway.call("POST", "/v1/record-batches", { key: gateway.keys.market, body: record });
    expectProblem(batch, "UNSUPPORTED_MEDIA_TYPE");
  });

  it("REQUEST_TIMEOUT: a body that stops coming is not waited for", async () => {
    const impatient = await startGateway({ bodyTimeoutMs: 100 });
    const socket = connect(Number(new URL(impatient.url).port), "127.0.0.1");
    const answer = new Promise<string>((resolve) => {
      let text = "";
      socket.on("data", (data) => (text += data.toString()));
      socket.on("close", () => resolve(text));
    });
    const key = `Authorization: Bearer ${impatient.keys.market}`;
    socket.write(
      `POST /v1/records HTTP/1.1\r\nHost: a\r\n${key}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
    );
    const text = await answer;
    await impatient.close();
    seen.add("REQUEST_TIMEOUT");
    expect(text).to.match(/^HTTP\/1\.1 408 /);
    expect(text).to.include('"code":"REQUEST_TIMEOUT"');
  });

  it("BACKLOG_FULL: 503 for everybody, with the time to come back", async () => {
    gateway.knobs.progress = { ...gateway.knobs.progress, backlog: 1_000 };
    const answer = await post({ ...record, recordId: "P-6" });
    const batch = await gateway.call("POST", "/v1/record-batches", {
      key: gateway.keys.market,
      body: "",
      headers: { "content-type": "application/x-ndjson" },
    });
    gateway.knobs.progress = { ...gateway.knobs.progress, backlog: 0 };
    for (const refused of [answer, batch]) {
      expectProblem(refused, "BACKLOG_FULL");
      expect(refused.headers.get("retry-after")).to.equal("10");
    }
  });

  it("every code has its test", () => {
    const covered = [...seen, ...notByRequest, ...testedElsewhere, "TOO_FAST", "STOPPING"];
    expect(Object.keys(problemKinds).filter((code) => !covered.includes(code))).to.deep.equal([]);
  });
});
