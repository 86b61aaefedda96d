import { setTimeout as sleep } from "node:timers/promises";

import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import type { Accounts } from "../chain/accounts.ts";
import type { Chain } from "../chain/chain.ts";
import { addressesOf, type ContractAddresses, type Contracts } from "../chain/ledger-contracts.ts";
import type { Log } from "../chain/log.ts";
import type { EnrolledAgency } from "../chain/setup.ts";
import type { Progress } from "../record/progress.ts";
import { unanchoredCount } from "../store/batches.ts";
import type { Store } from "../store/open.ts";
import { hasOpenOrders } from "../store/outbox.ts";
import { createBatcher, runBatcher } from "./batcher.ts";
import { orderSetup } from "./enrolment.ts";
import { createHeadWatch } from "./head-watch.ts";
import type { AnchoringHooks } from "./hooks.ts";
import { createOutboxTurn, type Turn } from "./outbox-turn.ts";
import { createKeystoreSigner, type Signer } from "./signer.ts";
import { createWaiters } from "./waiters.ts";

/** Everything between the store and the chain. What it has to do stands in the store, so it may be killed at any moment. */
export interface Anchoring {
  readonly addresses: ContractAddresses;
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

export interface AnchoringDeps extends Pick<
  Chain,
  "rpc" | "chainId" | "genesisHash" | "consensus" | "savedBlock" | "validators"
> {
  readonly store: Store;
  readonly keccak: Keccak;
  readonly contracts: Contracts;
  readonly accounts: Accounts;
  readonly agencies: readonly EnrolledAgency[];
  /** absent: the keystore's keys sign */
  readonly signer?: Signer;
  readonly config: AnchoringConfig;
  /** whether the chain is the gateway's own, so that no other node holds blocks that this one lacks */
  readonly isEmbedded: boolean;
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
  /** wei for a unit of gas; absent or null: the chain is asked */
  readonly gasPrice?: bigint | null;
  /** how many stand behind a block before what rests on it is sent; absent or null: as the consensus has it */
  readonly confirmations?: number | null;
}

/** Two days in which whoever runs a validator or audits can object to a change of the register: a desk has nobody who would. */
export const REGISTRAR_DELAY = 172_800;
const POLL_MS = 200;
const BATCHER_POLL_MS = 50;
/** Milliseconds without a turn that went through, after which the chain counts as down. */
const DOWN_AFTER_MS = 10_000;
const BACKLOG_EVERY_MS = 500;
const COMPLAIN_EVERY = 40;
/** Turns that fail one after the other come ever more slowly, up to as many times slower. */
const LONGEST_PAUSE = 8;

/** Orders the setup, and puts the parts together; no node is asked. Throws CHAIN_MISMATCH, STORE_FAILED. */
export async function createAnchoring(deps: AnchoringDeps): Promise<Anchoring> {
  const { store, config, contracts, accounts, chainId, genesisHash, consensus, log } = deps;
  const now = deps.now ?? Date.now;
  const addresses = addressesOf(accounts.deployer.address);
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
    registrarDelay: deps.isEmbedded ? 0 : REGISTRAR_DELAY,
  };
  await orderSetup(store, setup, { chainId, genesisHash, ledger: addresses.ledger, consensus }, now());
  const waiters = createWaiters(store);
  const hooks = deps.hooks ?? {};
  const outbox = createOutboxTurn({
    ...deps,
    addresses,
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
  const heads = createHeadWatch({ consensus, now, elapsed: () => performance.now() });
  let running: Promise<unknown> = Promise.resolve();
  let last: Turn | null = null;
  let lastTurnAt = -Infinity;
  let failures = 0;
  let backlog = await unanchoredCount(store.db);
  let isWaiting = backlog > 0;
  let backlogAt = -Infinity;

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const turn = await outbox();
        if (lastTurnAt === -Infinity) log("info", "the chain answers", { block: turn.head.number });
        last = turn;
        heads.see(turn.head);
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
    isWaiting = backlog > 0 || (await hasOpenOrders(store.db));
    backlogAt = performance.now();
  }

  function complain(error: unknown): void {
    const code = error instanceof HufuError ? error.code : "INVARIANT";
    if (code === "NODE_MOVED") return;
    const level = code === "NODE_UNREACHABLE" ? "warn" : "error";
    // A chain may be down for a night: one line a minute says so as well.
    if (failures % COMPLAIN_EVERY === 0)
      log(level, "a turn of the outbox failed; the next one tries again", { code, error });
    hooks.alarm?.(code);
    failures += 1;
  }

  return {
    addresses,
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
      head: last === null ? null : seen(last.head),
      savedBlock: deps.savedBlock(),
      chainUp: performance.now() - lastTurnAt < DOWN_AFTER_MS,
      isStandingStill: isWaiting && heads.isOld(),
      headAgeSeconds: heads.ageSeconds(),
      consensus: consensus.type,
      endorsement: last?.endorsement ?? null,
      shortage: last?.shortage ?? null,
    }),
  };
}

function seen(block: Turn["head"]): NonNullable<Progress["head"]> {
  return { blockNumber: block.number, blockHash: block.hash, blockTime: new Date(block.time * 1000).toISOString() };
}
