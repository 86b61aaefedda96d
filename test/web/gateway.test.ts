import { expect } from "chai";
import { createGateway, NoAnswer } from "../../web/browser/gateway.ts";
import { answer, digest, fileHash, record } from "../../web/examples/base.ts";

interface Asked {
  readonly path: string;
  readonly init: RequestInit;
}

/** A network that gives one answer and remembers what it was asked. */
function network(respond: () => Response | Promise<Response>): {
  readonly asked: Asked[];
  readonly fetcher: typeof fetch;
} {
  const asked: Asked[] = [];
  return {
    asked,
    fetcher: async (path, init) => {
      asked.push({ path: typeof path === "string" ? path : "not a path", init: init ?? {} });
      return respond();
    },
  };
}

async function problemOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("an answer came"),
    (error: unknown) => (error instanceof NoAnswer ? error.problem : error),
  );
}

describe("gateway", () => {
  it("verifies with one POST, sends no cookie and follows no redirect", async () => {
    const { asked, fetcher } = network(() => Response.json(answer));
    expect(await createGateway(fetcher).verify({ digest })).to.deep.equal(answer);
    expect(asked).to.have.length(1);
    expect(asked[0]?.path).to.equal("/v1/verifications");
    expect(asked[0]?.init).to.include({
      method: "POST",
      body: JSON.stringify({ digest }),
      credentials: "omit",
      redirect: "error",
    });
  });

  it("looks a file up by nothing but its hash", async () => {
    const { asked, fetcher } = network(() => Response.json({ records: [record] }));
    expect(await createGateway(fetcher).recordsWithFile(fileHash)).to.deep.equal([record]);
    expect(asked.map(({ path, init }) => [path, init.body])).to.deep.equal([
      [`/v1/records?file=${fileHash}`, undefined],
    ]);
  });

  it("asks for certificates, renewals and the trust bundle without a word of the holder's, and reads nothing into them", async () => {
    const { asked, fetcher } = network(() => Response.json({ any: "thing" }));
    const gateway = createGateway(fetcher);
    const given = [await gateway.certificate(digest), await gateway.renewal(digest), await gateway.trust()];
    expect(given).to.deep.equal([{ any: "thing" }, { any: "thing" }, { any: "thing" }]);
    expect(asked.map(({ path, init }) => [path, init.body])).to.deep.equal([
      [`/v1/records/${digest}/certificate`, undefined],
      [`/v1/records/${digest}/proof`, undefined],
      ["/v1/trust", undefined],
    ]);
  });

  for (const status of [404, 409, 410]) {
    it(`has no certificate where the answer is ${String(status)}`, async () => {
      const gateway = createGateway(network(() => new Response("{}", { status })).fetcher);
      expect(await problemOf(gateway.certificate(digest))).to.deep.equal({ code: "no-certificate" });
    });
  }

  for (const status of [404, 410]) {
    it(`has no record where the answer is ${String(status)}`, async () => {
      expect(await createGateway(network(() => new Response("{}", { status })).fetcher).record(digest)).to.equal(null);
    });
  }

  const failing: readonly (readonly [string, () => Response | Promise<Response>, object])[] = [
    ["no network", () => Promise.reject(new TypeError("Failed to fetch")), { code: "gateway-unreachable" }],
    [
      "too many requests",
      () => new Response("", { status: 429, headers: { "retry-after": "30" } }),
      { code: "rate-limited", detail: "30" },
    ],
    ["too many requests, no time given", () => new Response("", { status: 429 }), { code: "rate-limited" }],
    [
      "a date instead of seconds",
      () => new Response("", { status: 429, headers: { "retry-after": "Wed, 1 Jul" } }),
      { code: "rate-limited" },
    ],
    [
      "a full backlog",
      () => new Response("", { status: 503, headers: { "retry-after": "5" } }),
      { code: "gateway-busy", detail: "5" },
    ],
    ["a fault of the gateway", () => new Response("", { status: 500 }), { code: "failed" }],
    ["an answer that is no JSON", () => new Response("<html>"), { code: "failed" }],
    ["JSON of another shape", () => Response.json({ verdict: "in-force" }), { code: "failed" }],
  ];
  for (const [name, respond, problem] of failing) {
    it(`tells the citizen of ${name}`, async () => {
      const gateway = createGateway(network(respond).fetcher);
      expect(await problemOf(gateway.verify({ digest }))).to.deep.equal(problem);
    });
  }
});
