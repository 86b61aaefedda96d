import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { openNetwork, type Network } from "../../scripts/network/network.ts";
import { sayStatus } from "../../scripts/network/say.ts";
import { hasNetwork } from "../../scripts/network/state.ts";
import type { NetworkStatus } from "../../scripts/network/status.ts";
import { tipOf, type Tip } from "../../scripts/network/tip.ts";
import { openAccounts, payersOf } from "../../server/chain/accounts.ts";
import { field, quantity, toQuantity } from "../../server/chain/quantity.ts";
import { runNode, type Finished } from "./commands.ts";
import { endIfInterrupted } from "./interrupted.ts";
import { until } from "./until.ts";
import { BUILD_MS, provideValidators } from "./world.ts";

/** Half of the validators sign a block each at most, one a second. */
const STILL_SECONDS = 5;

describe("npm run network, on four real validators", function () {
  this.timeout(300_000);
  const root = mkdtempSync(join(tmpdir(), "hufu-network-"));
  const [folder, data] = [join(root, "chain"), join(root, "data")];
  let network: Network;
  let letGo: () => void;
  let begun: Finished;

  before(async function () {
    this.timeout(BUILD_MS);
    await provideValidators();
  });

  before(async () => {
    letGo = endIfInterrupted(end);
    begun = await command("--engine", "geth", "--validators", "4");
    network = openNetwork(folder);
  });

  /** What failed is told, and the network made whole for the next one. */
  afterEach(async function () {
    if (this.currentTest?.state !== "failed") return;
    console.error(sayStatus(await network.status()));
    await network.heal();
    await network.start();
  });

  after(async () => {
    await end();
    letGo();
  });

  async function end(): Promise<void> {
    if (hasNetwork(folder)) await openNetwork(folder).kill();
    rmSync(root, { recursive: true, force: true });
  }

  function command(...args: readonly string[]): Promise<Finished> {
    return commandFor(data, ...args);
  }

  /** As an operator types it whose gateway's folder is this one. */
  function commandFor(gateway: string, ...args: readonly string[]): Promise<Finished> {
    return runNode(["scripts/network.ts", ...args, "--folder", folder], { HUFU_DATA: gateway });
  }

  async function status(): Promise<{ code: number; states: string[]; isMakingBlocks: boolean }> {
    const { code, stdout } = await command("status", "--json");
    const { validators, isMakingBlocks }: NetworkStatus = JSON.parse(stdout);
    return { code, states: validators.map(({ state }) => state), isMakingBlocks };
  }

  it("makes a network on which the gateway that it names can pay, though nobody named its folder", async () => {
    expect(begun.code, begun.stderr).to.equal(0);
    expect(begun.stdout).not.to.include("it cannot pay");
    const [genesis, urls] = [join(folder, "genesis.json"), [1, 2, 3, 4].map((number) => network.url(number)).join(",")];
    expect(begun.stdout).to.include(`HUFU_DATA=${data} HUFU_GENESIS=${genesis} npm start -- --rpc ${urls}\n`);
    const payers = payersOf(openAccounts({ data, password: null }));
    const balances = payers.map((address) => network.rpc(4).call("eth_getBalance", address, "latest"));
    for (const balance of await Promise.all(balances)) expect(quantity(balance, "a balance") > 0n).to.equal(true);
  });

  it("heals what was cut into halves, neither of which could go on", async () => {
    const tips = await cutIntoHalves();
    // Two branches, neither heavier than the other: nobody would ever sign again by itself.
    expect(new Set(tips.map(({ hash }) => hash)).size).to.equal(2);
    expect(new Set(tips.map(({ weight }) => weight)).size).to.equal(1);
    const healed = await command("heal");
    expect(healed.code, healed.stderr).to.equal(0);
    expect(healed.stderr).to.include("two branches stand still");
    const height = Math.max(...tips.map(({ number }) => number));
    await until(60, "all go on, on one branch", async () => {
      const least = Math.min(...(await tipsNow()).map(({ number }) => number));
      // A fork of the newest block or two is ordinary.
      const hashes = least < height + 4 ? [] : await Promise.all([1, 2, 3, 4].map((each) => hashAt(each, least - 2)));
      return new Set(hashes).size === 1 ? true : undefined;
    });
  });

  // The last one: nobody runs after it.
  it("says by the exit code of status whether blocks come, after kill, start and stop", async () => {
    const all = (state: string): string[] => Array.from({ length: 4 }, () => state);
    expect(await status()).to.deep.equal({ code: 0, states: all("running"), isMakingBlocks: true });
    expect((await command("kill", "3", "4")).code).to.equal(0);
    const states = ["running", "running", "stopped", "stopped"];
    await until(60, "status says that the chain stands still", async () => {
      const now = await status();
      expect(now.states).to.deep.equal(states);
      expect(now.code).to.equal(now.isMakingBlocks ? 0 : 1);
      return now.code === 1 ? true : undefined;
    });
    const elsewhere = join(root, "elsewhere");
    const again = await commandFor(elsewhere, "start");
    expect(again.code, again.stderr).to.equal(0);
    expect([again.stdout.includes("it cannot pay"), existsSync(elsewhere)]).to.deep.equal([true, false]);
    expect(await status()).to.deep.equal({ code: 0, states: all("running"), isMakingBlocks: true });
    expect((await command("stop")).code).to.equal(0);
    expect(await status()).to.deep.equal({ code: 1, states: all("stopped"), isMakingBlocks: false });
  });

  /**
   * While nobody signs, for a block that came in between would make one side heavier. Answers the tips when all stand still again, each half having
   * signed what it can.
   */
  async function cutIntoHalves(): Promise<Tip[]> {
    const half = await until(90, "a block from which both halves can do the same", async () => {
      await eachMiner("miner_stop");
      const [tip, ...others] = await standing();
      const found = tip && others.every(({ hash }) => hash === tip.hash) ? await halfAfter(tip.number) : undefined;
      if (found === undefined) await eachMiner("miner_start").then(() => sleep(1000));
      return found;
    });
    const cut = await command("cut", ...half.map(String));
    expect(cut.code, cut.stderr).to.equal(0);
    await eachMiner("miner_start");
    return standing();
  }

  /**
   * Whoever has signed one of the last two blocks may not sign the next. The one in turn and the signer of the newest block make one block in turn; the other
   * two make two out of turn, which weigh as much. Answers the numbers of these, if so it is after `block`.
   */
  async function halfAfter(block: number): Promise<number[] | undefined> {
    const turns = network.state().validators.toSorted((a, b) => (a.address < b.address ? -1 : 1));
    const [newest, former] = await Promise.all([block, block - 1].map((each) => signerOf(each)));
    const inTurn = (number: number) => turns[number % turns.length]?.address;
    const next = inTurn(block + 1);
    if (next === newest || next === former || former === inTurn(block + 2)) return undefined;
    return turns.filter(({ address }) => address !== next && address !== newest).map(({ number }) => number);
  }

  function signerOf(block: number): Promise<unknown> {
    return network.rpc(1).call("clique_getSigner", toQuantity(block));
  }

  async function eachMiner(method: "miner_stop" | "miner_start"): Promise<void> {
    await Promise.all(network.state().validators.map(({ number }) => network.rpc(number).call(method)));
  }

  function standing(): Promise<Tip[]> {
    return until(60, "nobody goes on", async () => {
      const [one, other] = [await tipsNow(), await sleep(STILL_SECONDS * 1000).then(tipsNow)];
      return other.every(({ hash }, index) => hash === one[index]?.hash) ? other : undefined;
    });
  }

  function tipsNow() {
    return Promise.all(network.state().validators.map(tipOf));
  }

  async function hashAt(validator: number, block: number): Promise<unknown> {
    const found = await network.rpc(validator).call("eth_getBlockByNumber", `0x${block.toString(16)}`, false);
    return field(found, "hash");
  }
});
