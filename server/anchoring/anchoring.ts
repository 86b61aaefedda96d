import { setTimeout as sleep } from "node:timers/promises";

import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import type { Accounts } from "../chain/accounts.ts";
import type { Block } from "../chain/block.ts";
import { addressesOf, type ContractAddresses, type Contracts } from "../chain/ledger-contracts.ts";
import type { Log } from "../chain/log.ts";
import type { Rpc } from "../chain/rpc.ts";
import type { EnrolledAgency } from "../chain/setup.ts";
import { readGenesisHash } from "../chain/trust.ts";
import type { Progress } from "../record/progress.ts";
import { unanchoredCount } from "../store/batches.ts";
import type { Store } from "../store/open.ts";
import { createBatcher, runBatcher } from "./batcher.ts";
import { orderSetup } from "./enrolment.ts";
import type { AnchoringHooks } from "./hooks.ts";
import { createOutboxTurn } from "./outbox-turn.ts";
import { createKeystoreSigner, type Signer } from "./signer.ts";
import { createWaiters } from "./waiters.ts";

/** Everything between the store and the chain. What it has to do stands in the store, so it may be killed at any moment. */
export interface Anchoring {
  readonly addresses: ContractAddresses;
  readonly genesisHash: Hex;
  /** Begins to work. */
  start(): void;
  /** Resolves when contracts and agencies are on the chain; rejects with STOPPING if it was stopped before. */
  ready(): Promise<void>;
  /** Ends after the turn that is under way; what waits is taken up at the next start. */
  stop(): Promise<void>;
  /** Whether, within `ms`, the record `digest` (hex) is anchored and every change of status that rests on it is settled. */
  waitFor(digest: string, ms: number): Promise<boolean>;
  progress(): Progress;
}

export interface AnchoringDeps {
  readonly store: Store;
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  readonly contracts: Contracts;
  readonly accounts: Accounts;
  readonly chainId: number;
  readonly agencies: readonly EnrolledAgency[];
  /** absent: the keystore's keys sign */
  readonly signer?: Signer;
  readonly config: AnchoringConfig;
  /** embedded chain: the newest block that a dump holds */
  readonly savedBlock?: () => number | null;
  readonly log: Log;
  readonly hooks?: AnchoringHooks;
  /** milliseconds of Unix time */
  readonly now?: () => number;
}

export interface AnchoringConfig {
  readonly batchWindowMs: number;
  readonly batchSize: number;
  /** seconds of block time in which an attempt counts */
  readonly attemptSeconds: number;
  /** milliseconds from one look at the chain to the next */
  readonly pollMs?: number;
  /** wei for a unit of gas; absent: the chain is asked */
  readonly gasPrice?: bigint;
}

const POLL_MS = 200;
const BATCHER_POLL_MS = 50;
/** Milliseconds without a turn that went through, after which the chain counts as down. */
const DOWN_AFTER_MS = 10_000;
const BACKLOG_EVERY_MS = 500;
/** Turns that fail one after the other come ever more slowly, up to as many times slower. */
const LONGEST_PAUSE = 8;

/** Orders the setup, and puts the parts together. Throws CHAIN_MISMATCH, NODE_UNREACHABLE, STORE_FAILED. */
export async function createAnchoring(deps: AnchoringDeps): Promise<Anchoring> {
  const { store, rpc, config, contracts, accounts, chainId, log } = deps;
  const now = deps.now ?? Date.now;
  const addresses = addressesOf(accounts.deployer.address);
  const genesisHash = await readGenesisHash(rpc);
  const signer =
    deps.signer ??
    createKeystoreSigner({ accountOf: (agency) => accounts.signerOf(agency), chainId, ledger: addresses.ledger });
  const setup = {
    contracts,
    agencies: deps.agencies,
    accounts: {
      deployer: accounts.deployer.address,
      registrar: accounts.registrar.address,
      admin: accounts.admin.address,
    },
    signerOf: (agency: string) => signer.signerOf(agency),
  };
  await orderSetup(store, setup, { chainId, genesisHash, ledger: addresses.ledger }, now());
  const waiters = createWaiters(store);
  const hooks = deps.hooks ?? {};
  const outbox = createOutboxTurn({
    ...deps,
    addresses,
    genesisHash,
    signer,
    hooks,
    now,
    settled: () => waiters.wake(),
  });
  const batcher = createBatcher({
    store,
    keccak: deps.keccak,
    windowMs: config.batchWindowMs,
    size: config.batchSize,
    now,
    ...hooks,
  });
  const stopping = new AbortController();
  const isReady = Promise.withResolvers<null>();
  isReady.promise.catch(() => undefined);
  let running: Promise<unknown> = Promise.resolve();
  let head: Block | null = null;
  let lastTurnAt = -Infinity;
  let failures = 0;
  let backlog = await unanchoredCount(store.db);
  let backlogAt = -Infinity;

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const turn = await outbox();
        if (lastTurnAt === -Infinity) log("info", "the chain answers", { block: turn.head.number });
        head = turn.head;
        lastTurnAt = performance.now();
        failures = 0;
        if (turn.isSetUp) isReady.resolve(null);
        await countBacklog();
      } catch (error) {
        complain(error);
      }
      const pause = (config.pollMs ?? POLL_MS) * Math.min(2 ** failures, LONGEST_PAUSE);
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function countBacklog(): Promise<void> {
    if (performance.now() - backlogAt < BACKLOG_EVERY_MS) return;
    backlog = await unanchoredCount(store.db);
    backlogAt = performance.now();
  }

  function complain(error: unknown): void {
    const code = error instanceof HufuError ? error.code : "INVARIANT";
    log(code === "NODE_UNREACHABLE" ? "warn" : "error", "a turn of the outbox failed; the next one tries again", {
      code,
      error,
    });
    hooks.alarm?.(code);
    failures += 1;
  }

  return {
    addresses,
    genesisHash,
    start() {
      const batching = runBatcher(batcher, { pollMs: BATCHER_POLL_MS, log, signal: stopping.signal });
      running = Promise.all([batching, work()]);
    },
    async ready() {
      await isReady.promise;
    },
    async stop() {
      stopping.abort();
      await running;
      isReady.reject(new HufuError("STOPPING", "The gateway was stopped before its ledger was ready."));
    },
    waitFor: (digest, ms) => waiters.wait(digest, ms),
    progress: () => ({
      backlog,
      head: head === null ? null : seen(head),
      savedBlock: deps.savedBlock?.() ?? null,
      chainUp: performance.now() - lastTurnAt < DOWN_AFTER_MS,
    }),
  };
}

function seen(block: Block): NonNullable<Progress["head"]> {
  return { blockNumber: block.number, blockHash: block.hash, blockTime: new Date(block.time * 1000).toISOString() };
}
