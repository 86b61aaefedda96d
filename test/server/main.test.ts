import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "chai";

import { parseCertificate } from "../../core/certificate/certificate.ts";
import { nobleRecover } from "../../core/proofs/signature.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import { followTrust } from "../../core/trust/anchor.ts";
import { parseTrustBundle, parseTrustText } from "../../core/trust/bundle.ts";
import { openAccounts, payersOf } from "../../server/chain/accounts.ts";
import { createRpc } from "../../server/chain/rpc.ts";
import { readiness } from "../../server/http/schemas.ts";
import { openDesk, type Desk } from "./anchoring/desk.ts";
import { startPriceZeroNode, type PriceZeroNode } from "./chain/price-zero-node.ts";
import { serveNode, type ServedNode } from "./chain/served-node.ts";
import { market, penalty } from "./samples.ts";

const main = join(import.meta.dirname, "../../server/main.ts");

interface Accepted {
  readonly digest: string;
  readonly state: string;
}
interface Run {
  readonly child: ChildProcess;
  output(): string;
  readonly ended: Promise<number>;
  until(pattern: RegExp): Promise<RegExpMatchArray>;
}

/** Those that have not ended; a test that fails leaves none behind. */
const children = new Set<ChildProcess>();

function run(variables: Record<string, string>, ...argv: string[]): Run {
  const others = Object.entries(env).filter(([name]) => !name.startsWith("HUFU_") && name !== "PORT");
  const child = spawn(execPath, [main, ...argv], {
    env: { ...Object.fromEntries(others), PORT: "0", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  child.once("close", () => children.delete(child));
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
  return {
    child,
    ended,
    output: () => text,
    async until(pattern) {
      for (let turn = 0; turn < 1_200; turn++) {
        const found = pattern.exec(text);
        if (found) return found;
        if (child.exitCode !== null) break;
        await pause(50);
      }
      throw new Error(`no ${String(pattern)} in\n${text}`);
    },
  };
}

async function get(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

describe("the gateway on a chain of others", function () {
  this.timeout(240_000);
  const data = mkdtempSync(join(tmpdir(), "hufu-main-"));
  /** where no node is */
  const withKey = "http://127.0.0.1:9/?key=s3cret";
  let desk: Desk;
  let node: PriceZeroNode;
  let port = 0;
  let served: ServedNode | null = null;
  let running: Run | null = null;

  async function nodeUp(): Promise<void> {
    served = await serveNode(createRpc({ url: () => node.url, timeoutMs: 10_000 }), port);
    port = served.port;
  }
  async function nodeDown(): Promise<void> {
    await served?.close();
    served = null;
  }
  /** `others`: nodes that are named behind the first. */
  const start = (...others: string[]): Run =>
    (running = run({ HUFU_DATA: data }, "--rpc", [`http://127.0.0.1:${port}`, ...others].join(",")));
  async function stop(): Promise<void> {
    running?.child.kill("SIGTERM");
    await running?.ended;
    running = null;
  }
  const payers = (): string[] => payersOf(openAccounts({ data, password: null }));
  const urlOf = (found: RegExpMatchArray): string => found[1]!;
  const ready = /page\s+(http:\S+)\/\n/;
  async function post(url: string, recordId: string, wait: number): Promise<{ status: number; body: Accepted }> {
    const keys = JSON.parse(readFileSync(join(data, "agency-keys.json"), "utf8")) as Record<string, string>;
    const response = await fetch(`${url}/v1/records`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...{ authorization: `Bearer ${keys[market] ?? ""}`, prefer: `wait=${wait}` },
      },
      body: JSON.stringify({ kind: "credit-penalty", recordId, content: penalty }),
    });
    return { status: response.status, body: (await response.json()) as Accepted };
  }

  before(async () => {
    desk = await openDesk({ idle: true });
    node = await startPriceZeroNode(desk.chain, []);
    await nodeUp();
    await nodeDown();
  });
  after(async () => {
    for (const child of children) child.kill("SIGKILL");
    await nodeDown();
    await node.close();
    await desk.close();
    rmSync(data, { recursive: true, force: true });
  });

  it("waits at the first start until a node answers, and says so; SIGTERM ends the waiting", async () => {
    const first = start();
    await first.until(/\[start\] no node answers at http:\/\/127\.0\.0\.1:\d+; trying again/);
    // An institution has to list them before its node takes anything, and may have to before it starts at all.
    expect(payers()).to.have.length(7);
    for (const address of payers()) expect(first.output().split(address), address).to.have.length(2);
    first.child.kill("SIGTERM");
    expect(await first.ended).to.equal(0);
    const second = start(withKey);
    await second.until(/no node answers/);
    await nodeUp();
    const url = urlOf(await second.until(ready));
    expect(second.output()).not.to.match(/development chain/);
    const answer = await post(url, "M-1", 30);
    expect([answer.status, answer.body.state]).to.deep.equal([200, "final"]);
    expect(node.refused).to.deep.equal([]);
    expect(second.output()).not.to.include("s3cret");
  });

  it("writes down all nodes that it may ask, for its owner alone", async () => {
    const url = urlOf(await running!.until(ready));
    const file = join(data, "gateway.json");
    const rpc = `http://127.0.0.1:${port}`;
    expect(JSON.parse(readFileSync(file, "utf8"))).to.deep.equal({ url, rpc, nodes: [rpc, withKey] });
    expect(statSync(file).mode & 0o777).to.equal(0o600);
  });

  it("publishes a bundle that proves the chain's validators, and a certificate that rests on their seals", async () => {
    const bundle = parseTrustText(readFileSync(join(data, "trust.json"), "utf8"));
    const state = followTrust(bundle, { keccak: nobleKeccak, recover: nobleRecover });
    expect(state.validators).to.deep.equal(node.validators().map(({ address }) => address));
    expect(bundle.consensus).to.deep.equal({ type: "qbft", epoch: 30_000 });
    const url = urlOf(await running!.until(ready));
    const { body } = await post(url, "M-1", 0);
    const certificate = parseCertificate(await get(`${url}/v1/records/${body.digest}/certificate`));
    expect(certificate.proof.block).to.include({ seal: null });
    await stop();
  });

  it("comes up while the chain is down, takes records, says what it waits for, and anchors them when it is back", async () => {
    await nodeDown();
    const url = urlOf(await start().until(ready));
    for (const address of payers()) expect(running!.output()).not.to.include(address);
    const { status, body } = await post(url, "M-2", 0);
    expect(status).to.equal(202);
    const { checks, chain } = readiness.parse(await get(`${url}/readyz`));
    expect([checks["accepting"], chain.state]).to.deep.equal([true, "unreachable"]);
    expect(parseTrustBundle(await get(`${url}/v1/trust`)).chainId).to.equal(desk.chain.chainId);
    await nodeUp();
    const again = await post(url, "M-2", 30);
    expect([again.status, again.body.digest, again.body.state]).to.deep.equal([200, body.digest, "final"]);
    await stop();
  });

  it("does not write to another chain than the one that its folder was made for", async () => {
    const other = run({ HUFU_DATA: data, HUFU_RPC: desk.chain.url() });
    expect(await other.ended).to.equal(1);
    expect(other.output())
      .to.match(/another chain/)
      .and.not.to.match(/\n\s+at /);
  });

  it("has help, and refuses what it does not know in one sentence", async () => {
    const help = run({}, "--help");
    expect([await help.ended, help.output()].join(" ")).to.match(/^0 .*--rpc/s);
    const wrong = run({ HUFU_DATA: data }, "--rcp", "x");
    expect(await wrong.ended).to.equal(1);
    expect(wrong.output())
      .to.match(/--rcp/)
      .and.not.to.match(/\n\s+at /);
  });
});
