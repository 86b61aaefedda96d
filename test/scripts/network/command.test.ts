import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

import { cliqueGenesis } from "../../../scripts/network/genesis.ts";
import { problemOf } from "../../../scripts/network/options-problem.ts";
import type { Options } from "../../../scripts/network/options.ts";
import { writeState } from "../../../scripts/network/state.ts";
import { openAccounts, payersOf } from "../../../server/chain/accounts.ts";
import { saveChainFacts } from "../../../server/store/chain-position.ts";
import { openStore } from "../../../server/store/open.ts";

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const script = join(import.meta.dirname, "..", "..", "..", "scripts", "network.ts");
const usual: Options = {
  action: "start",
  numbers: [],
  engine: "geth",
  fund: [],
  address: [],
  chainId: 1,
  baseFee: true,
};

function command(...options: string[]): Promise<Run> {
  return commandIn({}, ...options);
}

function commandIn(env: Record<string, string>, ...options: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...options], { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

describe("npm run network", function () {
  this.timeout(180_000); // several processes each, on a machine that may be busy
  const folder = mkdtempSync(join(tmpdir(), "hufu-network-"));
  after(() => rmSync(folder, { recursive: true }));

  it("takes what goes together, and nothing else", () => {
    const good: Partial<Options>[] = [
      {},
      { validators: 4, data: "./data", fund: [`0x${"1".repeat(40)}`] },
      { baseFee: false },
      { numbers: [3] },
      { action: "stop" },
      { action: "kill", numbers: [1, 2] },
      { action: "remove", numbers: [2] },
      { action: "add" },
      { engine: "besu" },
      { engine: "besu", folder: "f", data: "./data" },
      { engine: "besu", address: [`0x${"1".repeat(40)}`], out: "genesis.json" },
    ];
    for (const options of good)
      expect(problemOf({ ...usual, ...options }), JSON.stringify(options)).to.equal(undefined);
    const bad: Partial<Options>[] = [
      { validators: 99 },
      { action: "kill" },
      { action: "cut" },
      { action: "remove", numbers: [1, 2] },
      { action: "add", numbers: [5] },
      { action: "heal", numbers: [5] },
      { action: "status", validators: 4 },
      { numbers: [1], data: "./data" },
      { numbers: [1], baseFee: false },
      { action: "status", baseFee: false },
      { address: [`0x${"1".repeat(40)}`] },
      { out: "genesis.json" },
      { engine: "besu", action: "stop" },
      { engine: "besu", validators: 5 },
      { engine: "besu", baseFee: false },
      { engine: "besu", data: "./data" },
      { engine: "besu", out: "genesis.json" },
      { engine: "besu", folder: "f", address: [`0x${"1".repeat(40)}`] },
    ];
    for (const options of bad) expect(problemOf({ ...usual, ...options }), JSON.stringify(options)).to.be.a("string");
  });

  it("exits with 2 for wrong usage", async () => {
    const wrong = [["--engine", "parity"], ["dance"], ["kill"], ["--validators", "none"], ["--fund", "0x12"]];
    for (const options of wrong) expect((await command(...options)).code, options.join(" ")).to.equal(2);
  });

  it("exits with 2 where there is no network, and makes none", async () => {
    const none = join(folder, "none");
    for (const action of ["status", "stop", "heal", "add"])
      expect((await command(action, "--folder", none)).code, action).to.equal(2);
    expect(existsSync(none)).to.equal(false);
  });

  it("exits with 0 for --help, and tells the exit codes", async () => {
    const { code, stdout } = await command("--help");
    expect([code, stdout.includes("Exit codes")]).to.deep.equal([0, true]);
  });

  it("removes what it made, and nothing else, where the network cannot be made", async () => {
    const programs = join(folder, "programs");
    mkdirSync(programs);
    // It takes no genesis block, and in one folder somebody else puts a file meanwhile.
    const lines = [
      "#!/bin/sh",
      'if [ "$1" = version ]; then echo "Version: 1.13.15-stable"; exit; fi',
      'case "$2" in *foreign*) echo mine > "$2/../notes";; esac',
      "echo no such genesis >&2; exit 1",
    ];
    writeFileSync(join(programs, "geth"), lines.join("\n"), { mode: 0o755 });
    const PATH = `${programs}:${process.env["PATH"] ?? ""}`;
    const [absent, empty, foreign] = [join(folder, "absent"), join(folder, "empty"), join(folder, "foreign")];
    mkdirSync(empty);
    for (const each of [absent, empty, foreign]) {
      const env = { PATH, HUFU_DATA: join(folder, "data-of-none") };
      const { code, stderr } = await commandIn(env, "--validators", "2", "--folder", each);
      expect([code, stderr.includes("no such genesis")], stderr).to.deep.equal([1, true]);
    }
    expect(existsSync(absent)).to.equal(false);
    expect(readdirSync(empty)).to.deep.equal([]);
    expect(readdirSync(foreign)).to.deep.equal(["notes"]);
  });

  it("funds the accounts of the gateway that npm start starts, whose keystore it makes, and whoever is named", async () => {
    const [programs, data] = [join(folder, "copies"), join(folder, "data")];
    mkdirSync(programs);
    const genesis = join(programs, "genesis.json");
    const lines = [
      "#!/bin/sh",
      'if [ "$1" = version ]; then echo "Version: 1.13.15-stable"; exit; fi',
      `for last; do :; done; cp "$last" "${genesis}"; exit 1`,
    ];
    writeFileSync(join(programs, "geth"), lines.join("\n"), { mode: 0o755 });
    const env = { PATH: `${programs}:${process.env["PATH"] ?? ""}`, HUFU_DATA: data };
    const other = `0x${"12".repeat(20)}`;
    await commandIn(env, "--engine", "geth", "--validators", "2", "--fund", other, "--folder", join(folder, "funding"));
    const { alloc } = JSON.parse(readFileSync(genesis, "utf8"));
    expect(Object.keys(alloc)).to.have.members([...payersOf(openAccounts({ data, password: null })), other]);
  });

  it("exits with 2, and makes no network, where the folder that was named is of another chain, or a variable makes no sense", async () => {
    const [data, fresh] = [join(folder, "elsewhere"), join(folder, "fresh")];
    const store = await openStore(data);
    await store.write((tx) => saveChainFacts(tx, { chainId: 7, genesisHash: "0xab" }));
    await store.close();
    // A geth that would start nothing, should it come to that.
    const programs = join(folder, "idle");
    mkdirSync(programs);
    const text = '#!/bin/sh\n[ "$1" = version ] || exit 1\necho "Version: 1.13.15-stable"\n';
    writeFileSync(join(programs, "geth"), text, { mode: 0o755 });
    const PATH = `${programs}:${process.env["PATH"] ?? ""}`;
    const { code, stderr } = await commandIn({ PATH }, "--data", data, "--folder", fresh);
    expect([code, stderr.includes("another chain")], stderr).to.deep.equal([2, true]);
    expect((await commandIn({ PATH, HUFU_KEYSTORE_PASSWORD: "short" }, "--folder", fresh)).code).to.equal(2);
    expect(existsSync(fresh)).to.equal(false);
  });

  it("starts nothing, and exits with 2, where blocks without a base fee are asked of a network that has one", async () => {
    const [made, programs] = [join(folder, "london"), join(folder, "tell-tale")];
    for (const each of [made, programs]) mkdirSync(each);
    const called = join(programs, "called");
    writeFileSync(join(programs, "geth"), `#!/bin/sh\necho "$@" >> "${called}"\nexit 1\n`, { mode: 0o755 });
    const PATH = `${programs}:/usr/bin:/bin`;
    const address = `0x${"ab".repeat(20)}` as const;
    const genesis = cliqueGenesis({ chainId: 7, signers: [address], funded: [], time: 1, hasBaseFee: true });
    const ports = { rpc: 0, peers: 0, engine: 0 };
    const validator = { number: 1, address, nodeId: "c".repeat(128), ports, pid: null, island: 0 };
    writeState(made, { version: 1, engine: "geth", chainId: 7, nextNumber: 2, validators: [validator] });
    for (const text of [JSON.stringify(genesis), "{}"]) {
      writeFileSync(join(made, "genesis.json"), text);
      const { code, stderr } = await commandIn({ PATH }, "--no-base-fee", "--folder", made);
      expect([code, stderr.includes(text === "{}" ? "genesis.json" : "base fee")], stderr).to.deep.equal([2, true]);
    }
    expect(existsSync(called)).to.equal(false);
  });

  it("writes the genesis file of Besu validators, and its hash", async () => {
    const out = join(folder, "genesis.json");
    const [one, other] = [`0x${"ab".repeat(20)}`, `0x${"CD".repeat(20)}`];
    const write = (...addresses: string[]): Promise<Run> =>
      command("--engine", "besu", "--json", "--out", out, ...addresses.flatMap((each) => ["--address", each]));
    const { code, stdout } = await write(one, other);
    expect(code).to.equal(0);
    const text = readFileSync(out);
    expect(JSON.parse(stdout)).to.deep.equal({ file: out, sha256: createHash("sha256").update(text).digest("hex") });
    await write(other, one);
    expect(readFileSync(out).equals(text)).to.equal(true);
    expect((await write(one, one.toUpperCase().replace("0X", "0x"))).code).to.equal(2);
    const printed = await command("--engine", "besu", "--address", one, "--address", other);
    expect(printed.stdout).to.equal(text.toString());
  });
});
