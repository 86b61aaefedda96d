import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { parseTrustText, publishTrust, type TrustBundle } from "../../../core/trust/bundle.ts";
import { startLedgerOnAnvil, type LedgerOnAnvil } from "../../../scripts/bench/ledger-on-anvil.ts";
import { createRpc } from "../../../server/chain/rpc.ts";
import { readTrust } from "../../../server/chain/trust.ts";
import { signatory } from "../../core/proofs/sealed-chain.ts";
import { frozenText } from "../../core/trust/frozen.ts";
import { qbftFacts } from "../../core/trust/sample.ts";
import { startResealedNode, type ResealedNode } from "../../server/proofs/resealed-node.ts";

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const script = join(import.meta.dirname, "..", "..", "..", "scripts", "trust.ts");
function command(...options: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...options], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

describe("npm run trust", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "hufu-trust-"));
  const fileOf = (name: string): string => join(folder, name);
  function write(name: string, bundle: TrustBundle | string): string {
    writeFileSync(fileOf(name), typeof bundle === "string" ? bundle : JSON.stringify(bundle));
    return fileOf(name);
  }
  let ledger: LedgerOnAnvil;
  let node: ResealedNode;
  let gateway: Server;
  let base: TrustBundle;
  before(async () => {
    ledger = await startLedgerOnAnvil();
    node = await startResealedNode({ upstream: () => ledger.url });
    gateway = createServer((request, response) => {
      response.statusCode = request.url === "/v1/trust" ? 200 : 404;
      response.end(JSON.stringify(base));
    });
    await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
    const { contracts, chainId, deploymentBlock, publishers } = ledger.trust;
    base = await readTrust({
      ...{ rpc: createRpc({ url: () => node.url, timeoutMs: 10_000 }), keccak, config: null },
      addresses: {
        accessManager: contracts.accessManager.address,
        agencies: contracts.agencies.address,
        ledger: contracts.ledger.address,
        p256Verifier: contracts.p256Verifier.address,
      },
      facts: {
        ...{ chainId, deploymentBlock, publishers, transitions: [], checkpoints: [] },
        consensus: { type: "qbft", epoch: 30_000 },
      },
    });
  });
  after(async () => {
    gateway.close();
    await node.close();
    await ledger.end();
    rmSync(folder, { recursive: true });
  });
  const gatewayUrl = (): string => `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`; // as: it listens on a port

  it("checks a gateway's bundle against one's own node, follows the validators, and writes one's own", async () => {
    const newcomer = signatory("a newcomer");
    node.propose(newcomer, "add");
    for (let block = 0; block < 6; block++) await ledger.mine();
    const own = [
      "--publisher",
      "坪山示例审计局（虚构）",
      "--validator",
      newcomer.address.toUpperCase().replace("0X", "0x"),
    ];
    const out = fileOf("own.json");
    const made = await command(
      "--rpc",
      node.url,
      "--from",
      gatewayUrl(),
      ...own,
      "--url",
      "https://a.example/t",
      "--out",
      out,
      "--json",
    );
    expect(made.stderr).to.include("[trust] headers read");
    expect(made.code).to.equal(0);
    const { outcome, what, written, bundle } = JSON.parse(made.stdout);
    expect({ outcome, what, written }).to.deep.equal({
      ...{ outcome: "AGREES", written: out },
      what: ["TRANSITIONS_ADDED", "PUBLISHERS_CHANGED"],
    });
    const read = parseTrustText(readFileSync(out, "utf8"));
    expect(bundle).to.deep.equal(read);
    expect(read.publishers.at(-1)).to.include({ role: "validator", validator: newcomer.address });

    const shown = await command("--show", out);
    expect(shown.code).to.equal(0);
    expect(shown.stdout).to.include(read.fingerprint.words.en).and.include(read.fingerprint.words["zh-CN"]);
    const same = await command("--compare", out, out, "--json");
    expect([same.code, JSON.parse(same.stdout)]).to.deep.equal([0, { change: "same", what: [] }]);
    const grown = await command("--compare", write("base.json", base), out);
    expect(grown.code).to.equal(0);
    expect(grown.stdout).to.include("TRANSITIONS_ADDED");
    expect((await command("--compare", out, fileOf("base.json"))).code).to.equal(1);
  });

  it("says what differs, and writes it only if it is accepted", async () => {
    const untrue = write(
      "untrue.json",
      publishTrust({ ...base, agencies: [{ uscc: "11440310XX0001011N", name: "虚构" }] }),
    );
    const out = fileOf("accepted.json");
    const options = ["--rpc", node.url, "--from", untrue, "--publisher", "审计局（虚构）", "--out", out];
    const refused = await command(...options);
    expect([refused.code, existsSync(out)]).to.deep.equal([1, false]);
    expect(refused.stdout).to.include("DIFFERS").and.include("AGENCIES_UNTRUE").and.include("Not written");
    expect((await command(...options, "--accept")).code).to.equal(1);
    expect(parseTrustText(readFileSync(out, "utf8")).agencies).to.deep.equal([]);
  });

  it("makes one of a development chain, which stays its gateway's word", async () => {
    const from = write("development.json", ledger.trust);
    const made = await command("--rpc", ledger.url, "--from", from, "--publisher", "又一网关（虚构）");
    expect(made.code).to.equal(0);
    expect(made.stdout).to.include("AGREES").and.include("Only a gateway publishes it");
    const asValidator = ["--validator", signatory("nobody").address];
    expect((await command("--rpc", ledger.url, "--from", from, "--publisher", "x", ...asValidator)).code).to.equal(2);
    const other = write("sealed.json", base);
    expect((await command("--rpc", ledger.url, "--from", other, "--publisher", "x")).code).to.equal(2);
  });

  it("takes the settings of a genesis file that it is given", async () => {
    const genesis = { config: { chainId: base.chainId, qbft: { epochlength: 30_000 } }, alloc: {} };
    const file = write("genesis.json", JSON.stringify(genesis));
    const options = ["--rpc", node.url, "--from", fileOf("base.json"), "--publisher", "x", "--json", "--genesis"];
    const { code, stdout } = await command(...options, file);
    expect([code, JSON.parse(stdout).what]).to.deep.equal([
      1,
      ["GENESIS_CONFIG", "TRANSITIONS_ADDED", "PUBLISHERS_CHANGED"],
    ]);
    const contract = { ...genesis, config: { qbft: { validatorcontractaddress: `0x${"1".repeat(40)}` } } };
    expect((await command(...options, write("contract.json", JSON.stringify(contract)))).code).to.equal(1);
    expect((await command(...options, write("none.json", "{}"))).code).to.equal(2);
  });

  it("exits with 1 for a bundle that does not hold, with 2 for wrong usage and what cannot be read", async () => {
    const unproven = write(
      "unproven.json",
      publishTrust({ ...qbftFacts(), transitions: [{ votes: [], next: "AAAA" }] }),
    );
    expect((await command("--show", unproven)).code).to.equal(1);
    const altered = write("altered.json", frozenText("qbft").replace('"chainId": 20260101', '"chainId": 20260102'));
    for (const options of [
      [],
      ["--show", altered],
      ["--show", fileOf("nowhere.json")],
      ["--show", `${gatewayUrl()}/elsewhere`],
      ["--show", unproven, "--rpc", node.url],
      ["--compare", unproven],
      ["--rpc", node.url],
      ["--rpc", "nowhere", "--from", unproven, "--publisher", "x"],
      ["--rpc", node.url, "--from", fileOf("base.json"), "--publisher", "x", "--validator", "0x12"],
      ["--rpc", node.url, "--from", fileOf("base.json"), "--publisher", "x", "--url", "http://a.example"],
      [
        "--rpc",
        node.url,
        "--from",
        fileOf("base.json"),
        "--publisher",
        "x",
        "--out",
        join(folder, "no", "folder.json"),
      ],
    ])
      expect((await command(...options)).code, options.join(" ")).to.equal(2);
    const help = await command("--help");
    expect([help.code, help.stdout.includes("Exit codes")]).to.deep.equal([0, true]);
  });
});
