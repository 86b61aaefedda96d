import { mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { endOrphan, startAnvil, wasKilled, type Anvil } from "./anvil-process.ts";
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
/** How long a transaction may stand behind one that is missing: longer than until the outbox hands all of them over again. */
const QUEUED_MS = 8_000;
/** Times that a saved state may fail to load, and times that the node may be killed meanwhile, which says nothing of the state. */
const LOADS = 2;
const KILLS = 20;

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
  let saved = 0;
  let unsaved = false;
  let stopping = false;
  let nextDumpAt = 0;
  let lastBlockAt = 0;
  let queuedSince: number | null = null;
  let anvil = await begin(0);

  /**
   * Tries the dumps, best first, each twice, for a port or memory may be short for a moment. If none loads, the chain begins anew
   * with the same genesis, and the outbox writes all of it again.
   */
  async function begin(port: number): Promise<Anvil> {
    for (const state of dumps.candidates()) {
      let failures = 0;
      for (let kills = 0; failures < LOADS && kills < KILLS;) {
        try {
          return await launch(state, port);
        } catch (error) {
          if (wasKilled(error)) kills += 1;
          else failures += 1;
          deps.log("error", "a saved state of the embedded chain would not load", { state, failures, kills, error });
          await sleep(RESTART_PAUSE_MS);
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
      const cause = (await hasDied(started)) ? started.signal() : null;
      await started.end();
      throw cause === null ? error : new HufuError("CHAIN_FAILED", "The embedded chain was killed.", { cause });
    }
  }

  async function prepare(started: Anvil, state: string | null): Promise<void> {
    const calls = deps.funded.map((account) => ({
      method: "anvil_setBalance",
      params: [account, toQuantity(BALANCE)],
    }));
    await started.rpc.batch(calls);
    await started.rpc.call("evm_setTime", Math.floor(Date.now() / 1000));
    saved = await height(started);
    unsaved = false;
    if (state === null) await dumps.take(urlOf(started));
    // The balances are in no block yet, and what the node proves of its state would not be under its newest header.
    else await makeBlock(started);
  }

  /** Whatever is in it has to be saved: a transaction may have come while it was being decided to make one. */
  async function makeBlock(node: Anvil): Promise<void> {
    await node.rpc.call("evm_mine");
    const transactions = await node.rpc.call("eth_getBlockTransactionCountByNumber", "latest");
    unsaved ||= quantity(transactions, "a block's transactions") > 0n;
  }

  async function mine(): Promise<void> {
    const pool = await anvil.rpc.call("txpool_status");
    const waiting = quantity(field(pool, "pending"), "the pool's size") > 0n;
    const now = performance.now();
    await dropStuck(quantity(field(pool, "queued"), "the pool's queue") > 0n, now);
    if (now - lastBlockAt < (waiting ? blockTimeMs : idleBlockTimeMs)) return;
    lastBlockAt = now;
    unsaved ||= waiting;
    await makeBlock(anvil);
  }

  /**
   * What anvil takes in while it makes a block may wait for ever for a transaction that is in that block: anvil looks at the account's nonce before, and
   * puts it into its queue after. So that it can be handed over again, the pool is emptied.
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
