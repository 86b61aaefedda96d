import { expect } from "chai";
import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGateway, type Gateway } from "../../../scripts/demo/gateway.ts";
import type { Finding } from "../../../scripts/doctor/finding.ts";
import { openAccounts, payersOf } from "../../../server/chain/accounts.ts";
import { startLyingNode, type LyingNode } from "../audit/lying-node.ts";
import { codesOf, findingOf } from "./pretended.ts";

const script = join(import.meta.dirname, "..", "..", "..", "scripts", "doctor.ts");

function command(...options: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...options], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

async function examined(...options: string[]): Promise<{ code: number; findings: Finding[] }> {
  const { code, stdout } = await command(...options, "--json");
  const { findings, exitCode } = JSON.parse(stdout) as { findings: Finding[]; exitCode: number }; // as: what the command prints
  expect(exitCode).to.equal(code);
  return { code, findings };
}

describe("npm run doctor", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "hufu-doctor-"));
  const data = join(folder, "data");
  let gateway: Gateway;
  let node: LyingNode;
  before(async () => {
    gateway = await startGateway(data);
    node = await startLyingNode(gateway.rpc);
  });
  afterEach(() => node.honest());
  after(async () => {
    await node.close();
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("finds nothing wrong with a gateway that was just started, and leaves it so", async () => {
    const { code, findings } = await examined("--data", data);
    expect(codesOf(findings.filter(({ level }) => level !== "OK"))).to.deep.equal([]);
    expect(code).to.equal(0);
    expect(codesOf(findings)).to.include.members([
      ...["FOLDER_PRIVATE", "DATABASE_SOUND", "KEYSTORE_OPENS", "GATEWAY_READY", "ALARMS_NONE", "NODE_ANSWERS"],
      ...["CHAIN_MOVES", "CLOCKS_AGREE", "ACCOUNTS_FUNDED", "RIGHTS_AS_PLANNED", "VALIDATORS_NONE"],
      "BLOCKS_HOLD_BATCHES",
      ...["BUNDLE_HOLDS", "BUNDLE_SERVED", "CONTRACTS_AS_TRUSTED"],
    ]);
  });

  it("says it to people, in both languages", async () => {
    const { code, stdout } = await command("--data", data);
    expect(code).to.equal(0);
    expect(stdout)
      .to.include("GATEWAY_READY")
      .and.match(/数据文件夹/);
    const payers = payersOf(openAccounts({ data, password: null }));
    expect(payers).to.have.length(7);
    for (const sentence of [/^.*密钥库可以打开.*$/m, /^.*The keystore opens.*$/m])
      for (const address of payers) expect(sentence.exec(stdout)?.[0], address).to.include(address);
  });

  it("sees through a node that lies", async () => {
    node.lie = ({ method }, result) => {
      if (method === "eth_getCode") return "0x60";
      if (method === "eth_getBalance") return "0x1";
      if (method === "eth_call") return `0x${"0".repeat(64)}`;
      return result;
    };
    const { code, findings } = await examined("--data", data, "--rpc", node.url);
    expect(code).to.equal(1);
    expect(codesOf(findings)).to.include.members(["CONTRACT_DIFFERS", "ACCOUNT_EMPTY", "RIGHT_MISSING"]);
  });

  it("asks all nodes that the gateway may ask, when none is named", async () => {
    const file = join(data, "gateway.json");
    const written = readFileSync(file, "utf8");
    const dead = "http://127.0.0.1:9/?key=s3cret";
    const examinedWith = async (nodes: readonly string[] | undefined): Promise<Finding[]> => {
      writeFileSync(file, JSON.stringify({ ...JSON.parse(written), rpc: nodes?.[0] ?? gateway.rpc, nodes }));
      return (await examined("--data", data)).findings;
    };
    try {
      const moved = await examinedWith([dead, gateway.rpc]);
      expect(findingOf(moved, "NODE_SILENT").params["url"]).to.equal("http://127.0.0.1:9/?…");
      expect(codesOf(moved)).to.include.members(["NODE_ANSWERS", "CHAIN_MOVES", "RIGHTS_AS_PLANNED"]);
      expect(JSON.stringify(moved)).not.to.include("s3cret");
      node.lie = ({ method, params }, result) =>
        method === "eth_getBlockByNumber" && params[0] !== "0x0" && result !== null
          ? { ...result, hash: `0x${"ab".repeat(32)}` }
          : result;
      expect(codesOf(await examinedWith([gateway.rpc, node.url]))).to.include("NODES_FORKED");
      // As a gateway of version 0.1 left it.
      expect(codesOf(await examinedWith(undefined)))
        .to.include("NODE_ANSWERS")
        .and.not.include("NODES_FORKED");
    } finally {
      writeFileSync(file, written);
    }
  });

  it("makes the other checks where a node refuses one", async () => {
    node.lie = ({ method }, result) => (method === "eth_getCode" ? "nonsense" : result);
    const { findings } = await examined("--data", data, "--rpc", `${gateway.rpc},${node.url}`);
    expect(codesOf(findings)).to.include.members(["NODES_AGREE", "CHAIN_MOVES"]);
    node.lie = ({ method }, result) => (method === "eth_chainId" ? "0x1" : result);
    const other = await examined("--data", data, "--rpc", node.url);
    expect(codesOf(other.findings)).to.include("NODE_OTHER_CHAIN");
  });

  it("reads a bundle that was named, and names what is open", async () => {
    const forged = join(folder, "forged.json");
    writeFileSync(forged, readFileSync(join(data, "trust.json"), "utf8").replace(/"chainId": \d+/, '"chainId": 5'));
    chmodSync(data, 0o755);
    const { code, findings } = await examined("--data", data, "--trust", forged);
    const warned = await examined("--data", data);
    chmodSync(data, 0o700);
    expect([code, warned.code]).to.deep.equal([1, 3]);
    expect(findingOf(findings, "BUNDLE_INVALID").level).to.equal("PROBLEM");
    expect(findingOf(findings, "FOLDER_LISTED").level).to.equal("WARNING");
  });

  it("ends with 2 where it could not look, or was asked in a wrong way", async () => {
    const nowhere = await examined("--data", join(folder, "nothing"));
    expect(nowhere.code).to.equal(2);
    expect(nowhere.findings.every(({ level }) => level === "SKIPPED")).to.equal(true);
    for (const wrong of [["--gateway", "nonsense"], ["--rpc", "ftp://x"], ["--nothing"], ["more"]])
      expect((await command(...wrong)).code, wrong.join(" ")).to.equal(2);
    const refused = await command("--rpc", "http://127.0.0.1:1,https://me:s3cret@node.example");
    expect(refused.code).to.equal(2);
    expect(refused.stderr)
      .to.match(/--rpc.*password.*proxy/)
      .and.not.match(/s3cret/);
    const { code, stdout } = await command("--data", data, "--trust", join(folder, "nothing.json"));
    expect(code).to.equal(2);
    expect(stdout).to.equal("");
  });

  it("shows no key of a node's address", async () => {
    const { findings } = await examined("--data", data, "--rpc", `${gateway.rpc}/?apikey=s3cret`);
    expect(findingOf(findings, "NODE_ANSWERS").params["url"]).to.equal(`${gateway.rpc}/?…`);
    expect(JSON.stringify(findings)).not.to.include("s3cret");
  });

  it("says of one that was stopped that it does not answer", async () => {
    await gateway.stop();
    const { code, findings } = await examined("--data", data);
    expect(code).to.equal(1);
    expect(codesOf(findings)).to.include.members(["GATEWAY_SILENT", "NODE_SILENT"]);
    expect(codesOf(findings)).not.to.include("GATEWAY_HANGS");
  });
});
