import { expect } from "chai";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { text } from "node:stream/consumers";
import { startGateway, type Gateway } from "../../scripts/demo/gateway.ts";
import { sample } from "../core/samples.ts";
import { fencesOf, isRunnable, pages, root, type Fence } from "./fences.ts";
import { readCertificate, type CertifiedRecord } from "./stranger/certificate.ts";
import type { Json } from "./stranger/json.ts";
import { replayNode } from "./stranger/node.ts";
import { schemaOf } from "./stranger/schema.ts";
import { trusted } from "./stranger/seals.ts";
import { batchSlot, batchWord, statusSlot, statusWord } from "./stranger/storage.ts";
import { leafOf } from "./stranger/tree.ts";
import { verdictOn } from "./stranger/verdict.ts";

/** Shared by all blocks, as a reader's shell is. A refusal ends it: curl alone would take it for an answer. */
const prelude = 'set -o pipefail\ncurl() { command curl --fail-with-body --max-time 30 "$@"; }\n';

describe("a gateway that was just started", function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), "hufu-docs-"));
  let gateway: Gateway;

  before(async () => {
    gateway = await startGateway(join(folder, "data"));
  });
  after(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The block as it would be on a page of this gateway's: its address, its data folder, a folder for what it writes. */
  function here({ page, line, text: commands }: Fence): string {
    const there = commands
      .replaceAll("http://127.0.0.1:3000", new URL(gateway.url).origin)
      .replaceAll(/(?<=["'\s=@(])\/tmp\//g, `${folder}/`)
      .replaceAll(/(?<=["'\s=])data\//g, `${folder}/data/`);
    return `echo "--- ${page} line ${line}"\n${there}\n`;
  }

  it("does what the pages' examples say, in their order", async () => {
    const blocks = pages.flatMap(fencesOf).filter(isRunnable);
    expect(blocks.filter(({ page }) => page === "README.md")).not.to.have.length(0);
    const { code, output } = await bash(prelude + blocks.map(here).join(""));
    expect(code, output).to.equal(0);
    expect(output).not.to.include('"problem"');
    expect(output).to.match(/"anchored"|"in-force"/);
  });

  it("gives a stranger certificates and a ledger to check", async () => {
    const { agency, kind, recordId, content, statuses } = sample("SP-2026-0004");
    const body = { kind, recordId, content };
    const { body: posted } = await gateway.call("POST", "/v1/records", { agency, body, wait: 30 });
    const path = `/v1/records/${String(posted["digest"])}`;
    for (const { by, content: decision } of statuses) {
      const { status } = await gateway.call("POST", `${path}/status`, { agency: by, body: decision, wait: 30 });
      expect(status).to.equal(200);
    }
    await until(async () => {
      const { body: view } = await gateway.call("GET", path, { agency });
      return Reflect.get(Object(view["status"]), "version") === statuses.length;
    });
    const trust = (await gateway.call("GET", "/v1/trust")).body as Json; // as: it came as JSON
    const whole = await certificateOf(`${path}/certificate`, trust, agency);
    const shown = await certificateOf(`${path}/certificate`, trust);
    expect(whole.disclosures.length).to.be.greaterThan(shown.disclosures.length);
    const values = new Map(whole.disclosures.map(([, name, value]) => [name, value]));
    for (const [name, value] of Object.entries(content)) expect(values.get(name)).to.deep.equal(value);

    const { bundle, sets } = trusted(trust);
    const ledger = bundle.contracts.ledger.address;
    const node = await replayNode(gateway.rpc, { bundle, sets });
    expect(node.events).to.be.greaterThan(10);
    const { digest, batch } = whole;
    const leaf = leafOf(agency, schemaOf(kind, 1)!.id, digest);
    const [anchored, status] = [node.batches.get(batch.root)!, node.statuses.get(leaf)!];
    expect(status).to.include({ effect: 5, version: 2 });
    expect(await node.storage(ledger, batchSlot(batch.root))).to.equal(batchWord(anchored));
    expect(await node.storage(ledger, statusSlot(leaf))).to.equal(statusWord(status));
  });

  /** The record of a certificate that a stranger finds genuine, and withdrawn. */
  async function certificateOf(path: string, trust: Json, agency?: string): Promise<CertifiedRecord> {
    const { body } = await gateway.call("GET", path, agency === undefined ? {} : { agency });
    const certificate = body as Json; // as: it came as JSON
    const { verdict, because, says } = verdictOn({ certificate, trust, schemaOf });
    expect(verdict, because.join()).to.equal("genuine");
    expect(says?.effect).to.equal("WITHDRAWN");
    return readCertificate(certificate).record;
  }
});

/** Throws when `isSo` is not so within 30 seconds. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await isSo()) return;
    await setTimeout(200);
  }
  throw new Error("it did not come about");
}

async function bash(script: string): Promise<{ code: number | null; output: string }> {
  const env = { ...process.env, npm_config_ignore_scripts: "true", npm_config_loglevel: "error" };
  const child = spawn("/bin/bash", ["-e"], { cwd: root, env, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(script);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, "exit");
  return { code: child.exitCode, output: output + errors };
}
