import { mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import type { Hex } from "../../core/bytes.ts";
import { endOrphan, startAnvil, type Anvil } from "./anvil-process.ts";
import { createDumps } from "./dumps.ts";
import { readIdentity } from "./identity.ts";
import type { Log } from "./log.ts";
import { count, field, quantity, toQuantity } from "./quantity.ts";
import { createRpc, type Rpc } from "./rpc.ts";

/** A chain of one's own, for a desk, a demo and the tests. It survives kill -9, less the blocks since its last dump. */
export interface EmbeddedChain {
  readonly chainId: number;
  readonly rpc: Rpc;
  url(): string;
  /** The newest block that a dump on disk holds. */
  savedBlock(): number;
  /** Saves what is not saved yet, then ends the node. */
  stop(): Promise<void>;
}

export interface EmbeddedChainDeps {
  /** absolute path of the chain's own folder */
  readonly folder: string;
  /** path of anvil */
  readonly binary: string;
  /** accounts that shall be able to pay */
  readonly funded: readonly Hex[];
  readonly log: Log;
  /** milliseconds from block to block while transactions wait */
  readonly blockTimeMs?: number;
  /** milliseconds from block to block while none does: a chain that nobody writes to hardly grows */
  readonly idleBlockTimeMs?: number;
  /** bytes */
  readonly memoryLimit?: number;
}

const CALL_TIMEOUT_MS = 30_000;
const READY_TIMEOUT_MS = 120_000;
const MEMORY_LIMIT = 8 * 2 ** 30;
const RESTART_PAUSE_MS = 500;
const BALANCE = 2n ** 100n;
const POLL_MS = 50;
/** How long a transaction may stand behind one that is missing: whoever sends hands over what is missing at the same time. */
const QUEUED_MS = 2_000;

/**
 * Starts the chain of a folder, after ending one that a killed process left behind. It is restarted whenever it dies. Throws
 * CHAIN_FAILED.
 */
export async function createEmbeddedChain(deps: EmbeddedChainDeps): Promise<EmbeddedChain> {
  mkdirSync(deps.folder, { recursive: true, mode: 0o700 });
  await endOrphan(deps.folder);
  const identity = readIdentity(deps.folder);
  const dumps = createDumps(deps.folder);
  const blockTimeMs = deps.blockTimeMs ?? 1_000;
  const idleBlockTimeMs = deps.idleBlockTimeMs ?? 15_000;
  let anvil = await begin(0);
  let saved = await height(anvil);
  let unsaved = false;
  let stopping = false;
  let nextDumpAt = 0;
  let lastBlockAt = 0;
  let queuedSince: number | null = null;

  /**
   * Tries the dumps, best first, each twice, for a port or memory may be short for a moment. If none loads, the chain begins anew
   * with the same genesis, and the outbox writes all of it again.
   */
  async function begin(port: number): Promise<Anvil> {
    for (const state of dumps.candidates()) {
      for (let attempt = 1; attempt <= 2; attempt++) {
        try {
          return await launch(state, port);
        } catch (error) {
          deps.log("error", "a saved state of the embedded chain would not load", { state, attempt, error });
        }
      }
      await dumps.reject(state);
    }
    return launch(null, port);
  }

  async function launch(state: string | null, port: number): Promise<Anvil> {
    const limits = { memoryLimit: deps.memoryLimit ?? MEMORY_LIMIT, readyTimeoutMs: READY_TIMEOUT_MS };
    const started = await startAnvil({ ...deps, ...identity, ...limits, state, port });
    try {
      await prepare(started, state);
      return started;
    } catch (error) {
      await started.end();
      throw error;
    }
  }

  async function prepare(started: Anvil, state: string | null): Promise<void> {
    const calls = deps.funded.map((account) => ({
      method: "anvil_setBalance",
      params: [account, toQuantity(BALANCE)],
    }));
    await started.rpc.batch(calls);
    await started.rpc.call("evm_setTime", Math.floor(Date.now() / 1000));
    if (state === null) await dumps.take(urlOf(started));
    // The balances are in no block yet, and what the node proves of its state would not be under its newest header.
    else await started.rpc.call("evm_mine");
  }

  async function mine(): Promise<void> {
    const pool = await anvil.rpc.call("txpool_status");
    const waiting = quantity(field(pool, "pending"), "the pool's size") > 0n;
    const now = performance.now();
    await dropStuck(quantity(field(pool, "queued"), "the pool's queue") > 0n, now);
    if (now - lastBlockAt < (waiting ? blockTimeMs : idleBlockTimeMs)) return;
    lastBlockAt = now;
    await anvil.rpc.call("evm_mine");
    // Also a block that was made because none had come for long: a transaction may have come while it was being decided.
    const transactions = await anvil.rpc.call("eth_getBlockTransactionCountByNumber", "latest");
    unsaved ||= quantity(transactions, "a block's transactions") > 0n;
  }

  /**
   * What anvil takes in while it makes a block may wait for ever for a transaction that is in that block: it looks at the account's nonce before, and puts
   * it into its queue after. Then it forgets all that waits, which its sender hands over again.
   */
  async function dropStuck(isQueued: boolean, now: number): Promise<void> {
    queuedSince = isQueued ? (queuedSince ?? now) : null;
    if (queuedSince === null || now - queuedSince < QUEUED_MS) return;
    deps.log("info", "the embedded chain forgets transactions that it does not mine; they are handed over again");
    await anvil.rpc.call("anvil_dropAllTransactions");
    queuedSince = null;
  }

  /** A dump stops the chain for its time, so the next waits ten times as long. */
  async function save(): Promise<void> {
    if (!unsaved || performance.now() < nextDumpAt) return;
    const begun = performance.now();
    const number = await height(anvil);
    await dumps.take(urlOf(anvil));
    saved = number;
    unsaved = false;
    nextDumpAt = performance.now() + 10 * (performance.now() - begun);
  }

  async function keep(): Promise<void> {
    while (!hasStopped()) {
      try {
        await mine();
        await save();
      } catch (error) {
        if (await hasDied(anvil)) await revive();
        else if (!hasStopped()) {
          deps.log("warn", "the embedded chain's keeper failed and tries again", { error });
          nextDumpAt = performance.now() + RESTART_PAUSE_MS;
        }
      }
      await sleep(POLL_MS);
    }
  }

  async function revive(): Promise<void> {
    if (hasStopped()) return;
    deps.log("error", "the embedded chain died; it begins again from its last saved state", { savedBlock: saved });
    try {
      anvil = await begin(anvil.port);
      saved = await height(anvil);
      unsaved = false;
    } catch (error) {
      deps.log("error", "the embedded chain could not be started again; it is tried again", { error });
      await sleep(RESTART_PAUSE_MS);
    }
  }

  const hasStopped = (): boolean => stopping;
  const kept = keep();
  return {
    chainId: identity.chainId,
    rpc: createRpc({ url: () => urlOf(anvil), timeoutMs: CALL_TIMEOUT_MS }),
    url: () => urlOf(anvil),
    savedBlock: () => saved,
    async stop() {
      stopping = true;
      await kept;
      nextDumpAt = 0;
      await save().catch((error: unknown) =>
        deps.log("warn", "the embedded chain's last state could not be saved", { error }),
      );
      await anvil.end();
      await endOrphan(deps.folder);
    },
  };
}

function urlOf(anvil: Anvil): string {
  return `http://127.0.0.1:${anvil.port}`;
}

async function height(anvil: Anvil): Promise<number> {
  return count(await anvil.rpc.call("eth_blockNumber"), "the chain's height");
}

/** Gives an exit that has just happened the time to be noticed. */
function hasDied(anvil: Anvil): Promise<boolean> {
  return Promise.race([anvil.gone.then(() => true), sleep(RESTART_PAUSE_MS, false)]);
}
