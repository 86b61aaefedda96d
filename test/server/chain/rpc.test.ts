import { expect } from "chai";
import { createServer, type Server } from "node:http";

import { HufuError } from "../../../core/error.ts";
import { createRpc, type RpcFailure } from "../../../server/chain/rpc.ts";

type Reply = (
  calls: { id: number; method: string; params: unknown[] }[],
  body: string,
) => { status?: number; body: string } | null;

describe("JSON-RPC", () => {
  let server: Server;
  let url: string;
  let reply: Reply;
  const requests: number[] = [];
  before(async () => {
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const calls = JSON.parse(body) as { id: number; method: string; params: unknown[] }[]; // as: the client wrote it
        requests.push(calls.length);
        const answer = reply(calls, body);
        if (answer !== null) response.writeHead(answer.status ?? 200).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  });
  beforeEach(() => requests.splice(0));
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const node = (timeoutMs = 2_000): ReturnType<typeof createRpc> => createRpc({ url: () => url, timeoutMs });
  const json = (value: unknown): { body: string } => ({ body: JSON.stringify(value) });
  async function codeOf(work: Promise<unknown>): Promise<string> {
    return work.then(
      () => "no error",
      (error: unknown) => (error instanceof HufuError ? error.code : String(error)),
    );
  }

  it("answers calls in their order, whatever the order of the node's answers", async () => {
    reply = (calls) => json(calls.map(({ id, params }) => ({ id, result: params[0] })).reverse());
    const answers = await node().batch(["a", "b", "c"].map((value) => ({ method: "echo", params: [value] })));
    expect(answers).to.deep.equal(["a", "b", "c"].map((result) => ({ ok: true, result })));
  });

  it("splits what is too much for one request", async () => {
    reply = (calls) => json(calls.map(({ id }) => ({ id, result: id })));
    expect(await node().batch(Array.from({ length: 450 }, () => ({ method: "m", params: [] })))).to.have.length(450);
    expect(requests).to.deep.equal([200, 200, 50]);
    requests.splice(0);
    const large = "x".repeat(600_000);
    await node().batch([large, large, large].map((value) => ({ method: "m", params: [value] })));
    expect(requests).to.deep.equal([2, 1]);
  });

  it("keeps code, sentence and revert data of a refusal, one call's alone", async () => {
    const error = { code: 3, message: "execution reverted", data: "0xABcd" };
    reply = ([first, second]) =>
      json([
        { id: first?.id, error },
        { id: second?.id, result: 1 },
      ]);
    const answers = await node().batch([
      { method: "a", params: [] },
      { method: "b", params: [] },
    ]);
    expect(answers).to.deep.equal([
      { ok: false, error: { ...error, data: "0xabcd" } },
      { ok: true, result: 1 },
    ]);
  });

  it("finds revert data that a node nests or puts behind a word", async () => {
    const data = ["Reverted 0x1234", { data: "0x1234" }, { data: { data: "0x1234" } }];
    for (const item of data) {
      reply = ([call]) => json([{ id: call?.id, error: { code: 3, message: "no", data: item } }]);
      const [answer] = await node().batch([{ method: "m", params: [] }]);
      expect(answer?.ok === false && answer.error.data).to.equal("0x1234");
    }
  });

  it("throws NODE_REFUSED with the failure as its cause", async () => {
    reply = ([call]) => json([{ id: call?.id, error: { code: -32601, message: "no such method" } }]);
    const error: unknown = await node()
      .call("m")
      .catch((error: unknown) => error);
    expect(error).to.be.instanceOf(HufuError);
    const failure = (error as HufuError).cause as RpcFailure; // as: instanceOf above, and the contract of Rpc.call
    expect(failure).to.deep.equal({ code: -32601, message: "no such method", data: null });
  });

  it("never takes an answer that was left out for a success", async () => {
    reply = () => json([]);
    expect(await codeOf(node().call("m"))).to.equal("NODE_REFUSED");
  });

  for (const [what, answer] of [
    ["an error page", { status: 502, body: "<html>bad gateway</html>" }],
    ["no JSON", { body: "hello" }],
    ["one object for a list", { body: '{"id":1,"result":1}' }],
  ] as const) {
    it(`throws NODE_UNREACHABLE for ${what}`, async () => {
      reply = () => answer;
      expect(await codeOf(node().call("m"))).to.equal("NODE_UNREACHABLE");
    });
  }

  it("throws NODE_UNREACHABLE when nobody answers in time, or at all", async () => {
    reply = () => null;
    expect(await codeOf(node(50).call("m"))).to.equal("NODE_UNREACHABLE");
    expect(await codeOf(createRpc({ url: () => "http://127.0.0.1:1", timeoutMs: 500 }).call("m"))).to.equal(
      "NODE_UNREACHABLE",
    );
  });
});
