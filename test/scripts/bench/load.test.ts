import { createServer, type IncomingMessage, type Server } from "node:http";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { openConnection, wholeAnswer } from "../../../scripts/bench/connection.ts";
import { offer, saturate, type Stream } from "../../../scripts/bench/load.ts";

const post = { path: "/x", media: "text/plain", body: "虎符", key: "k" };

describe("the bench's load", () => {
  let server: Server;
  let url: string;
  let slowMs: number;
  let status: number;
  let seen: string[];

  beforeEach(async () => {
    [slowMs, status, seen] = [0, 202, []];
    server = createServer((request, response) => {
      void textOf(request).then(async (text) => {
        seen.push(`${request.headers.authorization ?? ""} ${text}`);
        await sleep(slowMs);
        response.writeHead(status).write("{}");
        response.end("\n");
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    url = `http://127.0.0.1:${String(address.port)}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const stream = (rate: number): Stream => ({
    rate,
    records: 1,
    next: () => post,
    accepted: (answer) => Number(answer.status === 202),
  });

  it("posts one thing after the other over one connection, chunked answers too", async () => {
    const connection = await openConnection(url);
    expect((await connection.post(post)).status).to.equal(202);
    expect((await connection.post({ ...post, body: "2" })).body).to.include("{}");
    connection.close();
    expect(seen).to.deep.equal(["Bearer k 虎符", "Bearer k 2"]);
  });

  it("knows whether an answer is whole", () => {
    const head = "HTTP/1.1 202 Accepted\r\nContent-Length: 3\r\n\r\n";
    expect(wholeAnswer("HTTP/1.1 202 Acc")).to.equal(null);
    expect(wholeAnswer(`${head}ab`)).to.equal(null);
    expect(wholeAnswer(`${head}abc`)).to.deep.equal({ status: 202, body: "abc" });
    const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n";
    expect(wholeAnswer(chunked)).to.equal(null);
    expect(wholeAnswer(`${chunked}0\r\n\r\n`)?.status).to.equal(200);
  });

  it("rejects what is under way when the server closes the connection", async () => {
    slowMs = 10_000;
    const connection = await openConnection(url);
    const answer = connection.post(post).then(
      () => "answered",
      (error: unknown) => String(error),
    );
    await sleep(50);
    server.closeAllConnections();
    expect(await answer).to.include("closed the connection");
  });

  it("counts every post that was due once: accepted, refused or not sent", async () => {
    slowMs = 20;
    const load = await offer(url, [stream(200), stream(200)], 0.3);
    expect(load.accepted + load.refused + load.unsent).to.equal(load.offered);
    expect(load.accepted).to.equal(load.latencies.length).and.to.equal(seen.length);
    expect(load.unsent).to.be.greaterThan(0);
  });

  it("counts what is refused as refused, with no time of answer", async () => {
    status = 503;
    const load = await offer(url, [stream(100)], 0.1);
    expect(load).to.include({ accepted: 0, refused: seen.length });
    expect(load.latencies).to.deep.equal([]);
  });

  it("saturates over some connections, and does not take a refusal for work done", async () => {
    expect(await saturate(url, 3, 0.1, () => post)).to.equal(seen.length);
    status = 500;
    const failure = await saturate(url, 1, 0.1, () => post).catch((error: unknown) => String(error));
    expect(failure).to.include("500");
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}
