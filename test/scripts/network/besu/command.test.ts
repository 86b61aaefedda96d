import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { z } from "zod";

import { ownGateway } from "../../../../scripts/network/gateway-folder.ts";
import { openAccounts, payersOf } from "../../../../server/chain/accounts.ts";
import { saveChainFacts } from "../../../../server/store/chain-position.ts";
import { openStore } from "../../../../server/store/open.ts";
import { composeIn, names, settingsOf } from "./files.ts";

const script = join(import.meta.dirname, "..", "..", "..", "..", "scripts", "network.ts");

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe("npm run network, of Besu to try", function () {
  this.timeout(180_000); // a process each, on a machine that may be busy
  let root: string;
  let folder: string;
  let usual: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "hufu-besu-"));
    [folder, usual] = [join(root, "chain"), join(root, "usual")];
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** As somebody types it whose gateway works in the usual folder. */
  function make(...options: readonly string[]): Promise<Ran> {
    const args = [script, "--engine", "besu", "--folder", folder, ...options];
    return new Promise((resolve) => {
      execFile(process.execPath, args, { env: { ...process.env, HUFU_DATA: usual } }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
      });
    });
  }

  /** A gateway that has met its chain. */
  async function fill(data: string): Promise<void> {
    const store = await openStore(data);
    await store.write((tx) => saveChainFacts(tx, { chainId: 7, genesisHash: "0xab" }));
    await store.close();
  }

  const listed = (): unknown => settingsOf("permissions_config", folder).get("accounts-allowlist");
  const payers = (data: string): string[] => payersOf(openAccounts({ data, password: null }));

  /** The lines that are typed next, as they are printed for a gateway in this folder. */
  function commandsFor(data: string): string[] {
    const { services } = composeIn(folder);
    const urls = names.map((name) => `http://${services[name]!.ports[0]!.split(":").slice(0, 2).join(":")}`);
    return [
      `  docker compose -f ${join(folder, "docker-compose.yml")} up -d`,
      `  HUFU_DATA=${data} HUFU_GENESIS=${join(folder, "genesis.json")} npm start -- --rpc ${urls.join(",")}`,
    ];
  }

  it("takes the transactions of the gateway that npm start starts, whose keystore it makes, and of whoever is named", async () => {
    const other = `0x${"12".repeat(20)}`;
    const { code, stdout, stderr } = await make("--fund", other);
    expect(code, stderr).to.equal(0);
    expect(existsSync(join(usual, "keystore.json"))).to.equal(true);
    expect(listed()).to.deep.equal([...payers(usual), other]);
    expect(stdout.trimEnd().split("\n").slice(1)).to.deep.equal(commandsFor(usual));
  });

  it("is for the gateway in the folder that is named", async () => {
    const named = join(root, "named");
    const { code, stdout, stderr } = await make("--data", named);
    expect(code, stderr).to.equal(0);
    expect(listed()).to.deep.equal(payers(named));
    expect(stdout.split("\n")).to.include.members(commandsFor(named));
    expect(existsSync(usual)).to.equal(false);
  });

  it("is for one in the network's own folder where the usual one is of another chain, as after a plain npm start", async () => {
    await fill(usual);
    const own = join(folder, ownGateway);
    const { code, stdout, stderr } = await make("--json");
    expect(code, stderr).to.equal(0);
    expect(listed()).to.deep.equal(payers(own));
    expect(z.looseObject({ data: z.string() }).parse(JSON.parse(stdout)).data).to.equal(own);
  });

  it("is not made, with 2, where the folder that was named is of another chain", async () => {
    await fill(usual);
    const { code, stderr } = await make("--data", usual);
    expect([code, stderr.includes("another chain"), existsSync(folder)], stderr).to.deep.equal([2, true, false]);
  });

  it("says why it is not made where one is, and leaves that one as it was", async () => {
    await fill(usual);
    await make();
    const keystore = join(folder, ownGateway, "keystore.json");
    const before = readFileSync(keystore, "utf8");
    await fill(join(folder, ownGateway));
    const { code, stderr } = await make();
    expect([code, stderr.includes("is not empty")], stderr).to.deep.equal([2, true]);
    expect(readFileSync(keystore, "utf8")).to.equal(before);
  });
});
