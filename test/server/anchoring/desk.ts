import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import { bytesToHex } from "../../../core/bytes.ts";
import { effectCode, type Effect } from "../../../core/ledger/effect.ts";
import { createKeccak, type Keccak } from "../../../core/ledger/keccak.ts";
import { leafOf } from "../../../core/ledger/leaf.ts";
import { createAnchoring, type Anchoring, type AnchoringDeps } from "../../../server/anchoring/anchoring.ts";
import type { AnchoringHooks } from "../../../server/anchoring/hooks.ts";
import type { Signer } from "../../../server/anchoring/signer.ts";
import { openAccounts, type Accounts } from "../../../server/chain/accounts.ts";
import { findAnvil } from "../../../server/chain/anvil-binary.ts";
import { createEmbeddedChain, type EmbeddedChain } from "../../../server/chain/embedded.ts";
import { loadContracts } from "../../../server/chain/ledger-contracts.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import { readGenesisHash } from "../../../server/chain/trust.ts";
import { openStore, type Store } from "../../../server/store/open.ts";
import { unanchoredCount } from "../../../server/store/batches.ts";
import { orderStatus } from "../../../server/store/standing.ts";

export const market = "11440310XX0001011N";
export const credit = "12440310XX0001097E";
const overseen = (1 << effectCode("IN_FORCE")) | (1 << effectCode("ANNOTATED")) | (1 << effectCode("ENDED"));

export const agencies = [
  { uscc: market, name: "坪山示例市场监管局（虚构）", kinds: 0b10110, oversight: {} },
  { uscc: credit, name: "坪山示例公共信用中心（虚构）", kinds: 0b11110, oversight: { [market]: overseen } },
];

export interface TestRecord {
  agency: string;
  kind: number;
  digest: Uint8Array;
  leaf: Uint8Array;
}

export interface DeskOptions {
  config?: Partial<AnchoringDeps["config"]>;
  hooks?: AnchoringHooks;
  agencies?: AnchoringDeps["agencies"];
  signer?: Signer;
  /** of a chain that is not the gateway's own, as far as it knows */
  consensus?: AnchoringDeps["consensus"];
  validators?: AnchoringDeps["validators"];
  isEmbedded?: boolean;
  now?: () => number;
  /** no anchoring yet: the first `restart` begins one */
  idle?: boolean;
  /** the chain makes no block that it is not told to make */
  standsStill?: boolean;
  wrapRpc?: (rpc: Rpc) => Rpc;
  wrapStore?: (store: Store) => Store;
}

/** A store, a real chain and the anchoring between them, in a folder of their own; blocks come every 50 ms. */
export interface Desk {
  folder: string;
  store: Store;
  chain: EmbeddedChain;
  accounts: Accounts;
  keccak: Keccak;
  log: string[];
  anchoring(): Anchoring;
  /** Stops the anchoring that runs, and begins another on the same store and chain. */
  restart(options?: DeskOptions): Promise<void>;
  /** Accepts records, as the gateway does after it has checked them. */
  post(agency: string, kind: number, count: number): Promise<TestRecord[]>;
  /** Accepts a decision and orders the change that rests on it. */
  decide(actor: string, target: TestRecord, effect: Effect): Promise<TestRecord>;
  /** Resolves when every record is anchored and no order is open; rejects after `ms`. */
  settled(ms?: number): Promise<void>;
  close(): Promise<void>;
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "hufu-desk-"));
}

/** Milliseconds from block to block, while something waits and while nothing does. */
const usualPace = { blockTimeMs: 50, idleBlockTimeMs: 400 };
/** No block comes of itself. */
const atRest = { blockTimeMs: 1e9, idleBlockTimeMs: 1e9 };

export function chainIn(
  folder: string,
  accounts: Accounts,
  log: string[],
  pace: typeof usualPace = usualPace,
): Promise<EmbeddedChain> {
  const funded = [accounts.deployer, accounts.registrar, ...accounts.relayers].map(({ address }) => address);
  return createEmbeddedChain({
    ...{ folder: join(folder, "chain"), binary: findAnvil(env["PATH"] ?? ""), funded },
    ...pace,
    log: (level, sentence, details) => log.push(line(level, sentence, details)),
  });
}

export async function openDesk(options: DeskOptions = {}, folder = newFolder()): Promise<Desk> {
  const store = await openStore(folder);
  const accounts = openAccounts({ data: folder, password: "a test's password", scryptN: 2 });
  const log: string[] = [];
  const chain = await chainIn(folder, accounts, log, options.standsStill === true ? atRest : usualPace);
  const keccak = await createKeccak();
  const contracts = loadContracts();
  let serial = 0;

  async function begin({
    wrapRpc = same,
    wrapStore = same,
    config,
    hooks = {},
    ...rest
  }: DeskOptions): Promise<Anchoring> {
    const rpc = wrapRpc(chain.rpc);
    const made = await createAnchoring({
      ...{ agencies, contracts, accounts, keccak, hooks, isEmbedded: true, validators: () => null },
      ...{ ...chain, rpc, genesisHash: await readGenesisHash(rpc), store: wrapStore(store) },
      consensus: { type: "development", sealer: accounts.sealer.address },
      config: { batchWindowMs: 20, batchSize: 50, attemptSeconds: 120, pollMs: 20, ...config },
      log: (level, sentence, details) => log.push(line(level, sentence, details)),
      ...rest,
    });
    made.start();
    return made;
  }
  let running = options.idle === true ? null : await begin(options);

  async function insert(
    records: readonly TestRecord[],
    decision?: { target: TestRecord; effect: Effect },
  ): Promise<void> {
    await store.write(async (tx) => {
      for (const { agency, kind, digest, leaf } of records) {
        const blank = {
          schema_version: 1,
          algorithm: "sha-256",
          amends: new Uint8Array(),
          document_number: null,
          files: "[]",
        };
        const row = {
          digest,
          leaf,
          agency,
          kind,
          content: "{}",
          seed: new Uint8Array(32),
          accepted_at: Date.now(),
          ...blank,
        };
        const record_id = `r${serial++}-${bytesToHex(digest).slice(0, 8)}`;
        await tx
          .insertInto("records")
          .values({ ...row, record_id })
          .execute();
        if (!decision) continue;
        const { target, effect } = decision;
        await orderStatus(tx, { actor: agency, target: target.digest, effect, basis: digest, createdAt: Date.now() });
      }
    });
  }

  return {
    ...{ folder, store, chain, accounts, keccak, log },
    anchoring() {
      if (running === null) throw new Error("no anchoring was begun");
      return running;
    },
    async restart(next = {}) {
      await running?.stop();
      running = null;
      running = await begin(next);
    },
    async post(agency, kind, count) {
      const records = Array.from({ length: count }, () => newRecord(agency, kind, keccak));
      await insert(records);
      return records;
    },
    async decide(actor, target, effect) {
      const decision = newRecord(actor, 4, keccak);
      await insert([decision], { target, effect });
      return decision;
    },
    async settled(ms = 60_000) {
      const deadline = performance.now() + ms;
      while (!(await isSettled(store))) {
        if (performance.now() > deadline) throw new Error(`not settled after ${ms} ms\n${log.slice(-80).join("\n")}`);
        await sleep(20);
      }
    },
    async close() {
      await running?.stop();
      await chain.stop();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The desk's chain as a trust bundle is made of it. */
export async function trustedChainOf({ chain, accounts }: Desk) {
  return {
    ...{ ...chain, genesisHash: await readGenesisHash(chain.rpc), genesisConfig: null, validators: () => null },
    consensus: { type: "development", sealer: accounts.sealer.address } as const,
  };
}

export function newRecord(agency: string, kind: number, keccak: Keccak): TestRecord {
  const digest = new Uint8Array(randomBytes(32));
  return { agency, kind, digest, leaf: leafOf(agency, kind, digest, keccak) };
}

async function isSettled({ db }: Store): Promise<boolean> {
  const open = await db.selectFrom("orders").select("id").where("state", "in", ["waiting", "sent"]).limit(1).execute();
  return open.length === 0 && (await unanchoredCount(db)) === 0;
}

function same<T>(value: T): T {
  return value;
}

function line(level: string, sentence: string, details: unknown): string {
  const shown = (_key: string, value: unknown): unknown =>
    value instanceof Error ? `${value.message} ${String(value.cause)}` : value;
  return `${level}: ${sentence} ${JSON.stringify(details ?? null, shown)}`;
}
