import { HufuError } from "../../core/error.ts";
import { createKeccak, type Keccak } from "../../core/ledger/keccak.ts";
import { createReplay, type Replay } from "../../core/ledger/replay.ts";
import { readHead } from "../../server/chain/block.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { compareDatabase } from "./database.ts";
import { compareGateway, ordinaryPatience } from "./gateway.ts";
import { compareIdentity } from "./identity.ts";
import { streamLogs } from "./log-stream.ts";
import type { Progress } from "./progress.ts";
import { compareRegister } from "./register.ts";
import { notCovered, type AuditDivergence, type AuditReport } from "./report.ts";
import { compareSlots } from "./slots.ts";
import { addressesIn, type Trust } from "./trust.ts";

export interface AuditInput {
  readonly rpc: Rpc;
  readonly trust: Trust;
  readonly progress: Progress;
  /** milliseconds; only differences are used */
  readonly clock: () => number;
  /** first block; the trust file's deployment block unless given */
  readonly from?: number;
  /** last block; the newest one unless given */
  readonly to?: number;
  /** base address of a gateway whose records are compared */
  readonly gateway?: string;
  /** milliseconds between the attempts to find a record of the gateway as the chain has it */
  readonly gatewayPatience?: readonly number[];
  /** SQLite file of a gateway whose rows are compared */
  readonly database?: string;
}

/** What is known so far: an audit that ends early reports it all the same. */
interface Findings {
  to: number | null;
  replay: Replay | null;
  replaySeconds: number;
  readonly compared: Record<string, number>;
}

/** Replays a ledger and compares it with everything that was named, up to the first divergence. Never throws for what it meets. */
export async function audit(input: AuditInput): Promise<AuditReport> {
  const begun = input.clock();
  const findings: Findings = { to: null, replay: null, replaySeconds: 0, compared: {} };
  const report = (rest: Pick<AuditReport, "outcome" | "divergence" | "error">): AuditReport => ({
    format: "hufu-audit",
    version: 0,
    ...summary(input, findings),
    ...rest,
    notCovered,
    seconds: { replay: findings.replaySeconds, all: (input.clock() - begun) / 1000 },
  });
  try {
    const found = await firstDivergence(input, findings);
    return report({ outcome: found === undefined ? "AGREES" : "DIVERGES", divergence: found ?? null, error: null });
  } catch (error) {
    const { code, message } = error instanceof HufuError ? error : new HufuError("INVARIANT", String(error));
    return report({ outcome: "ERROR", divergence: null, error: { code, message } });
  }
}

async function firstDivergence(input: AuditInput, findings: Findings): Promise<AuditDivergence | undefined> {
  const { rpc, trust, progress, gateway, database, gatewayPatience: patience = ordinaryPatience } = input;
  const keccak = await createKeccak();
  const identity = await compareIdentity(rpc, trust, keccak);
  if (identity !== undefined) return identity;

  const replay = createReplay({ chainId: trust.chainId, ...addressesIn(trust), keccak });
  findings.replay = replay;
  const broken = await replayToHead(input, replay, findings);
  if (broken !== undefined) return broken;
  const block = findings.to ?? trust.deploymentBlock;

  const state = await compareState(input, replay, keccak, block, findings.compared);
  if (state !== undefined) return state;
  if (gateway !== undefined) {
    const found = await compareGateway({ url: gateway, rpc, trust, replay, keccak, progress, patience });
    if (found !== undefined) return found;
    findings.compared["recordsAtGateway"] = replay.counts().records;
  }
  if (database !== undefined) {
    const found = compareDatabase(database, { replay, keccak, block, progress });
    if (found !== undefined) return found;
    findings.compared["recordsInDatabase"] = replay.counts().records;
  }
  return undefined;
}

/** How many blocks the chain may have grown since: a node keeps the state of its newest blocks alone, some of them of 128. */
const staleAfter = 32;

/** Replays up to the newest block. If the chain has grown by much in the meantime, goes on, so that its state can be compared. */
async function replayToHead(
  input: AuditInput,
  replay: Replay,
  findings: Findings,
): Promise<AuditDivergence | undefined> {
  const begun = input.clock();
  let next = input.from ?? input.trust.deploymentBlock;
  for (;;) {
    const head = input.to ?? (await readHead(input.rpc)).number;
    if (findings.to !== null && head - findings.to <= staleAfter) return undefined;
    findings.to = head;
    const broken = await replayRange(input, replay, next, head);
    findings.replaySeconds = (input.clock() - begun) / 1000;
    if (broken !== undefined) return broken;
    next = head + 1;
  }
}

async function replayRange(
  { rpc, trust, progress }: AuditInput,
  replay: Replay,
  from: number,
  to: number,
): Promise<AuditDivergence | undefined> {
  const { ledger, agencies } = addressesIn(trust);
  for await (const range of streamLogs(rpc, [ledger, agencies], from, to)) {
    for (const { log, blockTime } of range.logs) {
      const broken = replay.apply(log, blockTime);
      if (broken !== undefined) return { ...broken, names: broken.where };
    }
    const records = replay.counts().records.toLocaleString("en");
    progress.report(`replayed ${records} records; blocks`, range.to - from + 1, to - from + 1);
  }
  return undefined;
}

/** The chain's own state: heads, roots, statuses, agencies. */
async function compareState(
  { rpc, trust, progress }: AuditInput,
  replay: Replay,
  keccak: Keccak,
  block: number,
  compared: Record<string, number>,
): Promise<AuditDivergence | undefined> {
  const slots = await compareSlots({ rpc, trust, replay, keccak, block, progress });
  if (slots !== undefined) return slots;
  compared["roots"] = replay.batches().length;
  compared["statuses"] = replay.statuses().size;
  const register = await compareRegister({ rpc, address: trust.contracts.agencies.address, replay, block });
  if (register !== undefined) return register;
  compared["agencies"] = replay.agencies().size;
  return undefined;
}

function summary({ trust, from = trust.deploymentBlock }: AuditInput, { to, replay, compared }: Findings) {
  const { chainId, genesis, contracts } = trust;
  return {
    ledger: { chainId, genesisHash: genesis.hash, address: contracts.ledger.address },
    blocks: { from, to },
    replayed: replay?.counts() ?? null,
    heads: replay?.heads() ?? null,
    compared,
  };
}
