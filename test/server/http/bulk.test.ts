import { expect } from "chai";

import { lineResult } from "../../../server/http/schemas.ts";
import { startGateway, type Gateway } from "../gateway.ts";
import { market, penalty, statusContent } from "../samples.ts";

type Result = ReturnType<typeof lineResult.parse>;

describe("POST /v1/record-batches", () => {
  let gateway: Gateway;
  before(async () => (gateway = await startGateway()));
  after(() => gateway.close());

  const headers = { "content-type": "application/x-ndjson" };
  async function send(body: string): Promise<Result[]> {
    const answer = await gateway.call("POST", "/v1/record-batches", { key: gateway.keys.market, body, headers });
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.headers.get("content-type")).to.equal("application/x-ndjson");
    return answer.text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => lineResult.parse(JSON.parse(line)));
  }
  const line = (recordId: string, content: object = penalty): string =>
    JSON.stringify({ kind: "credit-penalty", recordId, content });
  const codeOf = (result: Result | undefined): string | null =>
    result && "problem" in result ? result.problem.code : null;

  it("gives each line its result, in order, and a bad line harms no other", async () => {
    const lines = [
      line("N-1"),
      "{",
      line("N-2", {}),
      "",
      line("N-3"),
      "   ",
      line("N-1"),
      line("N-3", { ...penalty, remark: "2" }),
    ];
    const results = await send(lines.join("\n"));
    expect(results.map((result) => [result.line, result.status, codeOf(result)])).to.deep.equal([
      [1, 202, null],
      [2, 400, "MALFORMED_JSON"],
      [3, 422, "INVALID_RECORD"],
      [5, 202, null],
      [7, 200, null],
      [8, 409, "RECORD_CONFLICT"],
    ]);
    const stored = await gateway.store.db.selectFrom("records").select("record_id").orderBy("seq").execute();
    expect(stored.map(({ record_id }) => record_id)).to.deep.equal(["N-1", "N-3"]);
  });

  it("takes every kind of line that a single post takes", async () => {
    const [first] = await send(line("N-10"));
    if (!first || "problem" in first) throw new Error("the first line was refused");
    const amendment = {
      kind: "credit-penalty",
      recordId: "N-10",
      content: { ...penalty, remark: "2" },
      amends: first.digest,
    };
    const [second] = await send(JSON.stringify(amendment));
    if (!second || "problem" in second) throw new Error("the amendment was refused");
    const content = { target: second.digest, ...statusContent("ENDED", "REPAIR_GRANTED", market) };
    const results = await send(JSON.stringify({ kind: "status-decision", recordId: "N-11", content }));
    expect(results.map(({ status }) => status)).to.deep.equal([202]);
    expect(await gateway.store.db.selectFrom("orders").select("effect").orderBy("id").execute()).to.have.length(2);
  });

  it("keeps many thousand lines in order", async () => {
    const count = 3_000;
    const results = await send(Array.from({ length: count }, (_, i) => line(`M-${String(i)}`)).join("\n"));
    expect(results).to.have.length(count);
    results.forEach((result, i) => {
      expect(result.line).to.equal(i + 1);
      if (!("recordId" in result)) throw new Error(`line ${String(i + 1)} was refused`);
      expect(result.recordId).to.equal(`M-${String(i)}`);
    });
    expect(new Set(results.map((result) => ("digest" in result ? result.digest : ""))).size).to.equal(count);
  }).timeout(20_000);

  it("refuses a line that is too long without keeping it, and reads on", async () => {
    const long = line("L-1", { ...penalty, violationFacts: "x".repeat(1024 * 1024) });
    const results = await send([line("L-0"), long, line("L-2")].join("\r\n"));
    expect(results.map((result) => [result.line, result.status, codeOf(result)])).to.deep.equal([
      [1, 202, null],
      [2, 413, "BODY_TOO_LARGE"],
      [3, 202, null],
    ]);
  });

  it("refuses a line that is not UTF-8, and no other", async () => {
    const body = Buffer.concat([Buffer.from(`${line("U-1")}\n"`), Buffer.of(0xff), Buffer.from(`"\n${line("U-2")}\n`)]);
    const response = await fetch(`${gateway.url}/v1/record-batches`, {
      method: "POST",
      headers: { ...headers, authorization: `Bearer ${gateway.keys.market}` },
      body,
    });
    const results = (await response.text())
      .trim()
      .split("\n")
      .map((text) => lineResult.parse(JSON.parse(text)));
    expect(results.map(({ status }) => status)).to.deep.equal([202, 400, 202]);
  });

  it("answers an empty body with no results", async () => {
    expect(await send("")).to.deep.equal([]);
    expect(await send("\n\n")).to.deep.equal([]);
  });

  it("answers while the body is still coming, and lets a key have four streams at once", async () => {
    const open = Array.from({ length: 4 }, () => openStream(gateway));
    const [first] = open;
    if (!first) throw new Error("no stream");
    const responses = await Promise.all(open.map(({ response, write }) => (write(`${line("W-1")}\n`), response)));
    const reader = responses[0]?.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(Buffer.from(value ?? []).toString()).to.include('"line":1,');
    const fifth = await gateway.call("POST", "/v1/record-batches", { key: gateway.keys.market, body: "", headers });
    expect([fifth.status, fifth.body.code]).to.deep.equal([429, "TOO_FAST"]);
    expect(fifth.headers.get("retry-after")).to.equal("1");
    for (const { end } of open) end();
    for (const response of responses.slice(1)) await response.text();
    while (reader && !(await reader.read()).done);
    expect(await send(line("W-2"))).to.have.length(1);
  }).timeout(10_000);

  it("refuses the rest of a stream once the gateway stops", async () => {
    const stopping = await startGateway();
    const { response, write, end } = openStream(stopping);
    write(`${line("T-1")}\n`);
    const { body } = await response;
    stopping.stop();
    write(line("T-2"));
    end();
    const text = await new Response(body).text();
    await stopping.close();
    const last = lineResult.parse(JSON.parse(text.trim().split("\n").at(-1) ?? ""));
    expect([last.line, codeOf(last)]).to.deep.equal([2, "STOPPING"]);
  });
});

/** A bulk post whose body is written bit by bit. */
function openStream(gateway: Gateway): { response: Promise<Response>; write(text: string): void; end(): void } {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 10 });
  const writer = writable.getWriter();
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${gateway.keys.market}` },
    body: readable,
    duplex: "half",
  };
  return {
    response: fetch(`${gateway.url}/v1/record-batches`, init),
    write: (text) => void writer.write(Buffer.from(text)),
    end: () => void writer.close(),
  };
}
