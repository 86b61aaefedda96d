import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { publishTrust } from "../../../core/trust/bundle.ts";
import { checkReport } from "../../../scripts/audit/signing/sign.ts";
import { fillLedger, market, type FilledLedger } from "./filled-ledger.ts";

describe("auditing from the command line", function () {
  this.timeout(60_000);
  let ledger: FilledLedger;
  before(async () => {
    ledger = await fillLedger();
  });
  after(() => ledger.chain.end());

  it("exits 0, 1 and 2 on the command line, with JSON on standard output alone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hufu-audit-"));
    const { trust, url } = ledger.chain;
    const write = (name: string, value: object): string => {
      const file = join(folder, name);
      writeFileSync(file, JSON.stringify(value));
      return file;
    };
    const good = await command("--rpc", url, "--trust", write("good.json", trust), "--json");
    expect(good.code).to.equal(0);
    expect(JSON.parse(good.stdout)).to.include({ format: "hufu-audit", outcome: "AGREES" });
    const other = await command("--rpc", url, "--trust", write("other.json", publishTrust({ ...trust, chainId: 1 })));
    expect(other.code).to.equal(1);
    expect(other.stdout).to.include("CHAIN_ID_DIFFERS");
    expect((await command("--rpc", url)).code).to.equal(2);
    expect((await command("--rpc", "nowhere", "--trust", "x")).code).to.equal(2);
    const unusable = await command("--rpc", url, "--trust", write("bad.json", { ...trust, version: 0 }));
    expect(unusable.code).to.equal(2);
    expect(unusable.stderr).to.include("The trust file cannot be used: /version");
    const files = ["report.json", "page.html", "key.pem"].map((name) => join(folder, name));
    const [out = "", html = "", key = ""] = files;
    const written = await command(
      ...["--rpc", url, "--trust", join(folder, "good.json"), "--out", out, "--html", html, "--key", key],
    );
    expect(written.code, written.stderr).to.equal(0);
    expect(written.stderr).to.include("its public key is");
    expect(checkReport(readFileSync(out, "utf8"))).to.include({ isValid: true });
    expect(readFileSync(html, "utf8")).to.include("<svg ").and.include(market);
    const help = await command("--help");
    expect(help.code).to.equal(0);
    expect(help.stdout).to.include("Exit codes");
    rmSync(folder, { recursive: true });
  });

  it("asks no node anything where a file cannot be written, and leaves nothing behind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hufu-audit-"));
    writeFileSync(join(folder, "trust.json"), JSON.stringify(ledger.chain.trust));
    let questions = 0;
    const node = createServer((_, response) => response.end(String(++questions))).listen(0, "127.0.0.1");
    await once(node, "listening");
    const { port } = node.address() as AddressInfo; // as: it listens on a port
    const given = ["--rpc", `http://127.0.0.1:${port}`, "--trust", join(folder, "trust.json")];
    const [good, key] = [join(folder, "report"), join(folder, "key.pem")];
    for (const [option, other] of [
      ["--out", "--html"],
      ["--html", "--out"],
    ] as const) {
      for (const bad of [folder, join(folder, "none", "report")]) {
        const { code, stdout, stderr } = await command(...given, other, good, option, bad, "--key", key);
        expect([code, stdout]).to.deep.equal([2, ""]);
        expect(stderr).to.include(bad);
      }
    }
    node.close();
    expect(questions).to.equal(0);
    expect(readdirSync(folder)).to.deep.equal(["trust.json"]);
    rmSync(folder, { recursive: true });
  });

  it("says what it found although the disk is full by then, and a difference stays one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hufu-audit-"));
    const { trust, url } = ledger.chain;
    const [good, other, html] = ["good.json", "other.json", "page.html"].map((name) => join(folder, name));
    writeFileSync(good!, JSON.stringify(trust));
    writeFileSync(other!, JSON.stringify(publishTrust({ ...trust, chainId: 1 })));
    for (const [file, code, outcome] of [
      [good!, 2, "AGREES"],
      [other!, 1, "DIVERGES"],
    ] as const) {
      const found = await command("--rpc", url, "--trust", file, "--json", "--out", "/dev/full", "--html", html!);
      expect(found.code).to.equal(code);
      expect(JSON.parse(found.stdout)).to.include({ outcome });
      expect(found.stderr).to.include("/dev/full");
      expect(readFileSync(html!, "utf8")).to.include("<html");
      rmSync(html!);
    }
    rmSync(folder, { recursive: true });
  });
});

function command(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = join(import.meta.dirname, "../../../scripts/audit.ts");
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
