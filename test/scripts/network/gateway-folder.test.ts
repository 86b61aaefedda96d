import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { HufuError } from "../../../core/error.ts";
import { gatewayFolder, ownGateway } from "../../../scripts/network/gateway-folder.ts";
import { sayNext } from "../../../scripts/network/say.ts";
import { writeState } from "../../../scripts/network/state.ts";
import type { NetworkStatus, ValidatorStatus } from "../../../scripts/network/status.ts";
import { saveChainFacts } from "../../../server/store/chain-position.ts";
import { openStore } from "../../../server/store/open.ts";

describe("the gateway that a network is for", () => {
  let root: string;
  let usual: string;
  let folder: string;
  let own: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "hufu-network-"));
    [usual, folder] = [join(root, "data"), join(root, "chain")];
    own = join(folder, ownGateway);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** A gateway has worked there, and met its chain or not. */
  async function fill(data: string, hasMet: boolean): Promise<void> {
    const store = await openStore(data);
    if (hasMet) await store.write((tx) => saveChainFacts(tx, { chainId: 7, genesisHash: "0xab" }));
    await store.close();
  }

  function makeNetwork(): void {
    mkdirSync(folder);
    writeState(folder, { version: 1, engine: "geth", chainId: 7, nextNumber: 1, validators: [] });
  }

  function refusal(named: string | undefined): unknown {
    try {
      return gatewayFolder({ folder, named, usual });
    } catch (error) {
      return error instanceof HufuError ? error.code : error;
    }
  }

  it("works in the usual folder, new or never on a chain, or in the one that is named", async () => {
    const named = join(root, "other");
    for (const hasBegun of [false, true]) {
      if (hasBegun) await Promise.all([fill(usual, false), fill(named, false)]);
      expect(gatewayFolder({ folder, named: undefined, usual })).to.equal(usual);
      expect(gatewayFolder({ folder, named, usual })).to.equal(named);
    }
  });

  it("works in the network's own where the usual one is of another chain, or cannot be read", async () => {
    await fill(usual, true);
    expect(gatewayFolder({ folder, named: undefined, usual })).to.equal(own);
    rmSync(usual, { recursive: true });
    mkdirSync(usual);
    writeFileSync(join(usual, "hufu.db"), "no database at all, and long enough to be none of any kind");
    expect(gatewayFolder({ folder, named: undefined, usual })).to.equal(own);
  });

  it("is refused where the folder that is left, or was named, is of another chain", async () => {
    await fill(usual, true);
    expect(refusal(usual)).to.equal("INVALID_REQUEST");
    await fill(own, true);
    expect(refusal(undefined)).to.equal("INVALID_REQUEST");
  });

  it("goes on working where it worked, on a network that is there", async () => {
    makeNetwork();
    await fill(usual, true);
    expect(gatewayFolder({ folder, named: undefined, usual })).to.equal(usual);
    await fill(own, true);
    expect(gatewayFolder({ folder, named: undefined, usual })).to.equal(own);
    expect(gatewayFolder({ folder, named: usual, usual })).to.equal(usual);
  });

  it("is started by the command that is printed, on all validators, and examined; where it cannot pay, that is said", () => {
    const ports = { one: "http://127.0.0.1:8001", other: "http://127.0.0.1:8002" };
    const validator = (number: number, rpc: string, state: "running" | "stopped"): ValidatorStatus => ({
      ...{ number, rpc, state, address: `0x${String(number).repeat(40)}`, pid: null, peers: [], head: null },
      ...{ isSigner: true, island: 0 },
    });
    const status: NetworkStatus = {
      ...{ engine: "geth", chainId: 7, folder: "chain", signers: [], height: 1, ageSeconds: 0, isMakingBlocks: true },
      validators: [validator(1, ports.one, "stopped"), validator(2, ports.other, "running")],
    };
    const start = `HUFU_GENESIS=chain/genesis.json npm start -- --rpc ${ports.one},${ports.other}`;
    const lines = (data: string, canPay: boolean, where = "chain"): string[] =>
      sayNext({ ...status, folder: where }, { data, canPay }).split("\n");
    expect(lines(join(process.cwd(), "data"), true)).to.include.members([`  ${start}`, "  npm run doctor"]);
    const below = lines(join(process.cwd(), "chain", ownGateway), true);
    expect(below).to.include.members([
      `  HUFU_DATA=chain/gateway ${start}`,
      "  npm run doctor -- --data chain/gateway",
    ]);
    const elsewhere = start.replace("chain/genesis.json", join(folder, "genesis.json"));
    expect(lines(own, true, folder)).to.include(`  HUFU_DATA=${own} ${elsewhere}`);
    expect(lines(own, false)).to.have.length(lines(own, true).length + 1);
  });
});
