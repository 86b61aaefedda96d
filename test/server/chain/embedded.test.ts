import { expect } from "chai";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import { HufuError } from "../../../core/error.ts";
import { findAnvil } from "../../../server/chain/anvil-binary.ts";
import { readHead } from "../../../server/chain/block.ts";
import { field } from "../../../server/chain/quantity.ts";
import { createEmbeddedChain, type EmbeddedChain } from "../../../server/chain/embedded.ts";
import { withFolder } from "../store/folder.ts";

const account = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
const binary = findAnvil(env["PATH"] ?? "");

describe("embedded chain", function () {
  this.timeout(120_000);
  const log: string[] = [];
  const begin = (folder: string, program = binary): Promise<EmbeddedChain> =>
    createEmbeddedChain({
      ...{ folder: join(folder, "chain"), funded: [account], blockTimeMs: 50, idleBlockTimeMs: 200 },
      binary: program,
      log: (level, sentence) => log.push(`${level}: ${sentence}`),
    });
  const pidOf = (folder: string): number => Number(readFileSync(join(folder, "chain", "anvil.pid"), "utf8"));
  async function until(isTrue: () => boolean): Promise<void> {
    const deadline = performance.now() + 60_000;
    while (!isTrue()) {
      if (performance.now() > deadline) throw new Error("it did not happen within 60 s");
      await sleep(10);
    }
  }
  /** A transaction by an account that the node plays, to make a block that has to be saved. Answers its block. */
  async function transact(chain: EmbeddedChain): Promise<number> {
    await chain.rpc.call("anvil_impersonateAccount", account);
    const hash = await chain.rpc.call("eth_sendTransaction", { from: account, to: account });
    for (;;) {
      const receipt = await chain.rpc.call("eth_getTransactionReceipt", hash);
      if (typeof receipt === "object" && receipt !== null && "blockNumber" in receipt)
        return Number(receipt.blockNumber);
      await sleep(10);
    }
  }

  it("makes blocks at the present time, and hardly any while nobody writes", () =>
    withFolder(async (folder) => {
      const chain = await begin(folder);
      try {
        await sleep(1_100);
        const head = await readHead(chain.rpc);
        expect(head.number).to.be.within(3, 7);
        expect(Math.abs(head.time - Date.now() / 1000)).to.be.lessThan(2.5);
      } finally {
        await chain.stop();
      }
    }));

  it("keeps no transaction that it would never mine, so that it can be handed over again", () =>
    withFolder(async (folder) => {
      const chain = await begin(folder);
      try {
        await chain.rpc.call("anvil_impersonateAccount", account);
        await chain.rpc.call("eth_sendTransaction", { from: account, to: account, nonce: "0x1" });
        const queued = async (): Promise<unknown> => field(await chain.rpc.call("txpool_status"), "queued");
        expect(await queued()).to.equal("0x1");
        while ((await queued()) !== "0x0") await sleep(50);
        expect(log.at(-1)).to.match(/^info: the embedded chain forgets transactions/);
        await transact(chain);
      } finally {
        await chain.stop();
      }
    }));

  it("has blocks, receipts and the same genesis again after every stop", () =>
    withFolder(async (folder) => {
      let genesis: unknown;
      let block = 0;
      let id = 0;
      for (let round = 0; round < 4; round++) {
        const chain = await begin(folder);
        try {
          const zero = await chain.rpc.call("eth_getBlockByNumber", "0x0", false);
          genesis ??= zero;
          id ||= chain.chainId;
          expect(zero).to.deep.equal(genesis);
          expect(chain.chainId).to.equal(id);
          expect(chain.savedBlock()).to.be.at.least(block);
          expect(Number(await chain.rpc.call("eth_getTransactionCount", account, "latest"))).to.equal(round);
          block = await transact(chain);
        } finally {
          await chain.stop();
        }
      }
      expect(id).to.be.greaterThan(2 ** 20);
    }));

  it("says what is saved, and keeps it through kill -9, in the same place", () =>
    withFolder(async (folder) => {
      const chain = await begin(folder);
      try {
        const block = await transact(chain);
        await until(() => chain.savedBlock() >= block);
        const saved = chain.savedBlock();
        const url = chain.url();
        const pid = pidOf(folder);
        process.kill(pid, "SIGKILL");
        await until(() => pidOf(folder) !== pid);
        await sleep(300);
        expect(chain.url()).to.equal(url);
        expect(chain.savedBlock()).to.equal(saved);
        expect(Number(await chain.rpc.call("eth_getTransactionCount", account, "latest"))).to.equal(1);
        expect(log).to.include("error: the embedded chain died; it begins again from its last saved state");
      } finally {
        await chain.stop();
      }
    }));

  it("takes no saved state for unreadable because somebody kills whoever reads it", () =>
    withFolder(async (folder) => {
      const chain = await begin(folder);
      await transact(chain);
      await chain.stop();
      const count = join(folder, "starts");
      const mortal = join(folder, "mortal");
      const script = `echo >> ${count}; [ $(wc -l < ${count}) -gt 4 ] || kill -9 $$; exec ${binary} "$@"`;
      writeFileSync(mortal, `#!/bin/sh\n${script}\n`, { mode: 0o700 });
      const again = await begin(folder, mortal);
      try {
        expect(readFileSync(count, "utf8")).to.equal("\n".repeat(5));
        expect(Number(await again.rpc.call("eth_getTransactionCount", account, "latest"))).to.equal(1);
        expect(readdirSync(join(folder, "chain")).filter((name) => name.includes("unreadable"))).to.deep.equal([]);
      } finally {
        await again.stop();
      }
    }));

  it("ends an orphan of its own folder, and nobody else", () =>
    withFolder(async (folder) => {
      const orphan = await begin(folder);
      const pid = pidOf(folder);
      const heir = await begin(folder);
      expect(() => process.kill(pid, 0)).to.throw();
      await orphan.stop();
      await heir.stop();
      writeFileSync(join(folder, "chain", "anvil.pid"), String(process.pid));
      const third = await begin(folder);
      await third.stop();
    }));

  it("lets nobody else read its files", () =>
    withFolder(async (folder) => {
      const chain = await begin(folder);
      await transact(chain);
      await chain.stop();
      for (const name of ["", "chain.json", "state.json", "state.previous.json"]) {
        expect(statSync(join(folder, "chain", name)).mode & 0o077, name).to.equal(0);
      }
    }));

  it("goes on from an older state, and keeps the newer one aside, if that would not load", () =>
    withFolder(async (folder) => {
      const first = await begin(folder);
      await transact(first);
      await first.stop();
      writeFileSync(join(folder, "chain", "state.json"), '{"half": ');
      const second = await begin(folder);
      expect(await readHead(second.rpc)).to.have.property("number");
      await second.stop();
      expect(readFileSync(join(folder, "chain", "state.json.unreadable"), "utf8")).to.equal('{"half": ');
    }));

  it("says in one sentence that there is no anvil, or that it does not start", async () => {
    await withFolder(async (folder) => {
      const error: unknown = await createEmbeddedChain({
        folder,
        binary: "/bin/false",
        funded: [],
        log: () => 0,
      }).catch((error: unknown) => error);
      expect(error).to.be.instanceOf(HufuError).with.property("code", "CHAIN_FAILED");
      rmSync(folder, { recursive: true, force: true });
    });
  });
});
