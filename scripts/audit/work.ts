import { createKeccak, type Keccak } from "../../core/ledger/keccak.ts";
import { createReplay, type Replay } from "../../core/ledger/replay.ts";
import type { Recover } from "../../core/proofs/signature.ts";
import { followTrust, type TrustState } from "../../core/trust/anchor.ts";
import { overridesOf } from "../../core/trust/genesis-config.ts";
import { readHead } from "../../server/chain/block.ts";
import { createBlockCheck } from "./block-check.ts";
import type { Findings } from "./findings.ts";
import type { HeaderRules } from "./headers/chain.ts";
import { createHeaderPool, type HeaderPool } from "./headers/pool.ts";
import type { AuditInput } from "./input.ts";
import type { ConfirmBlocks } from "./log-stream.ts";
import { createHeadTrail, type HeadTrail } from "./pinpoint/head-trail.ts";
import { firstHead } from "./pinpoint/journal.ts";
import { depthOf } from "./prove.ts";
import { wasmRecover } from "../../server/chain/recover.ts";
import { openState, type AuditState } from "./state/state.ts";
import { addressesIn } from "./trust.ts";

/** An audit under way: what it was given, what it works with, and what it has found. */
export interface Work extends Omit<AuditInput, "state" | "signal" | "to"> {
  readonly to: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly findings: Findings;
  readonly keccak: Keccak;
  readonly recover: Recover;
  readonly validators: TrustState;
  readonly pool: HeaderPool;
  readonly replay: Replay;
  readonly confirm: ConfirmBlocks;
  readonly trail: HeadTrail;
  readonly state: AuditState | null;
  /** blocks that have to stand on the audited one */
  readonly depth: number;
  /** null: not every header is read */
  readonly rules: HeaderRules | null;
}

/** Throws INVALID_PROOF for a trust file that does not prove its own validators, and what openState throws. */
export async function openWork(input: AuditInput, findings: Findings): Promise<Work> {
  const { rpc, trust, workers = 0, state, durable, to, signal } = input;
  const { consensus, chainId, publishedAt } = trust;
  const keccak = await createKeccak();
  const validators = followTrust(trust, { keccak, recover: wasmRecover });
  findings.validators = validators;
  const { ledger, agencies } = addressesIn(trust);
  const replay = createReplay({ chainId, ledger, agencies, keccak });
  findings.replay = replay;
  const trail = createHeadTrail();
  const seed = (address: typeof ledger) => firstHead(chainId, address, keccak);
  trail.add({ block: findings.from - 1, hash: null, ledger: seed(ledger), agencies: seed(agencies) });
  const pool = createHeaderPool({ consensus, keccak, workers });
  return {
    ...input,
    ...{ to, signal, findings, keccak, recover: wasmRecover, validators, pool, replay, trail },
    confirm: createBlockCheck({ rpc, keccak, pool, consensus, validators, publishedAt: publishedAt.blockNumber }),
    state: state === undefined ? null : await openState(state, trust, findings.from, durable),
    depth: depthOf(consensus, validators),
    rules: input.allHeaders === true ? rulesOf(input, validators) : null,
  };
}

export async function closeWork({ pool, state }: Work): Promise<void> {
  await Promise.all([pool.close(), state?.close()]);
}

/** The newest block that has enough on top, or the one that was asked for. */
export async function newestBlock({ rpc, to, depth }: Work): Promise<number> {
  return to ?? (await readHead(rpc)).number - depth;
}

function rulesOf({ trust }: AuditInput, { sets }: TrustState): HeaderRules {
  const { consensus, chainId, genesis, checkpoints, publishedAt } = trust;
  const overrides = genesis.config === null ? [] : overridesOf(genesis.config, consensus, chainId);
  return { consensus, genesisHash: genesis.hash, sets, overrides, checkpoints, publishedAt: publishedAt.blockNumber };
}
