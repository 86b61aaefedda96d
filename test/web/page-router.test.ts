import { expect } from "chai";
import express from "express";
import type { Server } from "node:http";
import { HufuError } from "../../core/error.ts";
import { builtInKinds } from "../../core/kinds/registry.ts";
import { createNotFoundPage, createPageRouter, type PageDeps } from "../../server/http/page.ts";
import type { RecordView, VerificationAnswer } from "../../web/answers.ts";
import { answer, digest, housing, record, successor } from "../../web/examples/base.ts";

const assets = {
  folder: import.meta.dirname,
  addresses: { script: "/assets/a.js", style: "/assets/b.css", logo: "/assets/c.svg" },
};

describe("page router", () => {
  let server: Server;
  let base: string;
  let reported: unknown[];
  let asked: unknown[];
  let matches: readonly RecordView[];
  let verification: Partial<VerificationAnswer>;
  let failure: Error | undefined;

  const deps: PageDeps = {
    publicUrl: null,
    kinds: builtInKinds,
    assets,
    byDigest: (wanted) => (wanted === digest ? record : undefined),
    byDocumentNumber: (...query) => {
      asked.push(query);
      return matches;
    },
    verify: async (wanted) => {
      if (failure) throw failure;
      return { ...answer, digest: wanted, ...verification };
    },
    report: (error) => reported.push(error),
  };

  beforeEach(async () => {
    [reported, asked, matches, verification, failure] = [[], [], [], {}, undefined];
    const app = express().use(createPageRouter(deps)).use(createNotFoundPage(deps));
    server = app.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    base = `http://127.0.0.1:${String(address.port)}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  async function get(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; text: string; headers: Headers }> {
    const response = await fetch(base + path, { redirect: "manual", headers });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }
  const query = (values: Record<string, string>): string => `/?${new URLSearchParams(values).toString()}`;

  it("opens in Chinese, in English when asked, and in Chinese for any other language", async () => {
    expect((await get("/")).text)
      .to.include('<html lang="zh-CN">')
      .and.include("查验一份政府决定");
    expect((await get("/?lang=en")).text)
      .to.include('<html lang="en">')
      .and.include("Verify a government decision");
    expect((await get("/?lang=tlh")).text).to.include('<html lang="zh-CN">');
  });

  it("allows nothing inline, nothing from elsewhere, no frame, no cache, no index, no referrer", async () => {
    const { headers } = await get("/");
    const policy = headers.get("content-security-policy");
    expect(policy)
      .to.include("default-src 'none'")
      .and.include("script-src 'self';")
      .and.include("frame-ancestors 'none'");
    expect(policy).not.to.match(/unsafe|https?:|\*/);
    expect(headers.get("cache-control")).to.equal("no-store");
    expect(headers.get("x-robots-tag")).to.equal("noindex");
    expect(headers.get("referrer-policy")).to.equal("no-referrer");
    expect(headers.get("content-type")).to.equal("text/html; charset=utf-8");
  });

  it("answers a record's link with its verdict, and offers the same page in the other language", async () => {
    const { status, text } = await get(`/r/${digest}`);
    expect(status).to.equal(200);
    expect(text).to.include('data-verdict="in-force"').and.include(`href="/r/${digest}?lang=en"`);
    expect(text).to.include(`${base}/r/${digest}`);
  });

  for (const [verdict, status] of [
    ["unknown", 404],
    ["unreachable", 503],
    ["altered", 200],
    ["withdrawn", 200],
  ] as const) {
    it(`answers ${String(status)} where the verdict is ${verdict}`, async () => {
      verification = { verdict };
      const page = await get(`/r/${successor}`);
      expect(page.status).to.equal(status);
      expect(page.text).to.include(`data-verdict="${verdict}"`);
    });
  }

  it("sends a typed digest or link on to the record's page, in the language", async () => {
    for (const typed of [digest, ` 0x${digest.toUpperCase()} `, `https://elsewhere.example/r/${digest}`]) {
      const { status, headers } = await get(query({ digest: typed, lang: "en" }));
      expect(status).to.equal(303);
      expect(headers.get("location")).to.equal(`/r/${digest}?lang=en`);
    }
  });

  it("says what is wrong with a digest, keeps it, and links to its field", async () => {
    const { status, text } = await get(query({ digest: "<b>" }));
    expect(status).to.equal(400);
    expect(text).to.include('data-problem="bad-digest"').and.include('value="&lt;b&gt;"').and.include('href="#digest"');
    expect((await get("/?digest=")).text).to.include('data-problem="no-digest"');
    expect((await get("/r/xyz")).status).to.equal(400);
  });

  it("finds a document number, passing it on as it was typed", async () => {
    matches = [record];
    const { status, text } = await get(query({ kind: "credit-penalty", documentNumber: " 深坪示市监罚[2026]031号 " }));
    expect(status).to.equal(200);
    expect(asked).to.deep.equal([["credit-penalty", "深坪示市监罚[2026]031号"]]);
    expect(text).to.include('data-verdict="in-force"');
  });

  it("lists several records with the same number", async () => {
    matches = [record, { ...record, digest: successor, agency: housing }];
    const { status, text } = await get(query({ kind: "credit-penalty", documentNumber: "31号" }));
    expect(status).to.equal(200);
    expect(text).to.include(`/r/${successor}`).and.include(`/r/${digest}`).and.not.include("data-verdict");
  });

  it("answers 404 where no record has the number, and keeps it in the form and in the link to the other language", async () => {
    const { status, text } = await get(query({ kind: "credit-penalty", documentNumber: "31号" }));
    expect(status).to.equal(404);
    expect(text).to.include('data-verdict="unknown"').and.include('value="31号"');
    expect(text).to.include(`/?kind=credit-penalty&amp;documentNumber=${encodeURIComponent("31号")}&amp;lang=en`);
  });

  it("names every fault of the number form at once, and asks nobody", async () => {
    const { status, text } = await get("/?kind=&documentNumber=");
    expect(status).to.equal(400);
    expect(text)
      .to.include('data-problem="no-kind"')
      .and.include('data-problem="no-document-number"')
      .and.include('aria-invalid="true"');
    expect((await get(query({ kind: "recipe", documentNumber: "号".repeat(129) }))).text)
      .to.include('data-problem="no-kind"').and.include('data-problem="document-number-too-long"'); // prettier-ignore
    expect(asked).to.deep.equal([]);
  });

  it("takes a value that is given twice, or as an object, for none", async () => {
    expect((await get("/?digest=a&digest=b")).status).to.equal(200);
    expect((await get("/?kind[x]=1&documentNumber=1")).status).to.equal(400);
  });

  it("tells a fault of ours as a page, reports it, and lets nothing of it out", async () => {
    failure = new Error("disk at /secret is full");
    const { status, text } = await get(`/r/${digest}`);
    expect(status).to.equal(500);
    expect(text).to.include('data-problem="failed"').and.not.include("secret");
    expect(reported).to.deep.equal([failure]);
  });

  for (const [code, status, problem] of [
    ["RECORD_ERASED", 410, "erased"],
    ["TOO_FAST", 429, "rate-limited"],
    ["STOPPING", 503, "gateway-busy"],
  ] as const) {
    it(`says ${problem} at ${code}, and reports nothing`, async () => {
      failure = new HufuError(code, "wait");
      const page = await get(`/r/${digest}`);
      expect(page.status).to.equal(status);
      expect(page.text).to.include(`data-problem="${problem}"`);
      expect(reported).to.deep.equal([]);
    });
  }

  it("has a page for an address that is not there, for whoever asks for HTML", async () => {
    const page = await get("/nowhere", { accept: "text/html" });
    expect(page.status).to.equal(404);
    expect(page.text).to.include('data-problem="not-found"');
    expect((await get("/nowhere", { accept: "application/json" })).text).not.to.include("data-problem");
  });
});
