import { HufuError } from "../../core/error.ts";
import { compareCheckpoints } from "./checkpoints.ts";
import { compareDatabase } from "./database.ts";
import { waitsInDatabase } from "./figures/database-waits.ts";
import { createWaitCounter } from "./figures/waits.ts";
import { emptyFindings, endingOf, reportOf, type Ending, type Findings } from "./findings.ts";
import { faultCodeOf, forked } from "./fault.ts";
import { compareGateway, ordinaryPatience } from "./gateway.ts";
import { checkStillChain, compareHeads } from "./heads.ts";
import { followHeaders } from "./headers/all.ts";
import { isDivergence } from "./headers/chain.ts";
import { compareCodes, compareIdentity } from "./identity.ts";
import type { AuditInput } from "./input.ts";
import { pinpoint } from "./pinpoint/pinpoint.ts";
import { toldHeads } from "./pinpoint/told-heads.ts";
import { proveState } from "./prove.ts";
import { notItsState } from "./prove-slots.ts";
import { compareRegister } from "./register.ts";
import { logsOfAudit, replayToHead } from "./replay-chain.ts";
import { missingDivergence, type AuditDivergence, type AuditReport } from "./report.ts";
import { compareSlots } from "./slots.ts";
import { addressesIn } from "./trust.ts";
import { closeWork, newestBlock, openWork, type Work } from "./work.ts";

/**
 * Replays a ledger, proves it under a sealed header and compares it with everything that was named, up to the first divergence. Never throws for what
 * it meets.
 */
export async function audit(input: AuditInput): Promise<AuditReport> {
  const begun = input.clock();
  let [findings, ending] = await search(input);
  // What was kept may be another node's lie, and is forgotten by now: this node is blamed for its own events alone.
  if (ending.divergence !== undefined && findings.usesKeptEvents && !findings.areHeadsProven)
    [findings, ending] = await search(input);
  return reportOf(findings, { ...ending, madeAt: input.now(), seconds: (input.clock() - begun) / 1000 });
}

async function search(input: AuditInput): Promise<[findings: Findings, ending: Pick<Ending, "divergence" | "error">]> {
  const findings = emptyFindings(input.trust, input.trust.deploymentBlock);
  return [findings, await endingOf(() => firstDivergence(input, findings))];
}

async function firstDivergence(input: AuditInput, findings: Findings): Promise<AuditDivergence | undefined> {
  const work = await openWork(input, findings);
  const { rpc, trust, keccak } = work;
  try {
    return (
      (await compareIdentity(rpc, trust)) ??
      (await compareCheckpoints(rpc, trust, keccak)) ??
      (await proveCodes(work)) ??
      (await replayEvents(work)) ??
      (await proveHeads(work)) ??
      (await followAllHeaders(work)) ??
      (await compareState(work)) ??
      (await compareWithGateway(work)) ??
      compareWithDatabase(work) ??
      missingDivergence(findings.missing)
    );
  } finally {
    await closeWork(work);
  }
}

/**
 * Before the long work: a node that cannot prove anything, and a trust file that is too old, are named at once. Of the contracts' codes the node's word
 * counts only where it has no proofs at all.
 */
async function proveCodes(work: Work): Promise<AuditDivergence | undefined> {
  const told = await compareCodes(work.rpc, work.trust, work.keccak);
  try {
    work.findings.state = await proveState(work, await newestBlock(work));
  } catch (error) {
    const hasNoProofs = error instanceof HufuError && faultCodeOf(error) === "NODE_WITHOUT_PROOFS";
    if (told !== undefined && hasNoProofs) return told;
    throw error;
  }
  return told && notItsState(told);
}

async function replayEvents(work: Work): Promise<AuditDivergence | undefined> {
  const broken = await replayToHead(work, work.findings);
  return broken && explained(work, broken);
}

/** From here on it is certain that the replayed events are all there are. */
async function proveHeads(work: Work): Promise<AuditDivergence | undefined> {
  const { findings, replay, rpc, trail } = work;
  const state = await proveState(work, findings.to ?? findings.from);
  findings.state = state;
  const differs = compareHeads(replay.heads(), state);
  findings.areHeadsProven = differs === undefined;
  if (differs === undefined) return undefined;
  await checkStillChain(rpc, trail.steps());
  return explained(work, differs);
}

/** Which event is not the chain's, if that can be told. What was kept of such a node is forgotten, so that another can be asked. */
async function explained(work: Work, because: AuditDivergence): Promise<AuditDivergence> {
  const { rpc, keccak, trust, trail, findings } = work;
  await work.state?.ranges.forget();
  const logs = (from: number, to: number) => logsOfAudit(work, from, to);
  const to = Number(because.names["block"] ?? findings.to);
  const told = { rpc, keccak, addresses: addressesIn(trust), steps: trail.steps(), logs };
  const compareProven = async (): Promise<AuditDivergence | undefined> => {
    if (because.code === "JOURNAL_HEAD_DIFFERS") return because;
    // A block below that of the broken rule would prove nothing of it.
    const state = await proveState(work, Math.max(await newestBlock(work), to));
    const differs = compareHeads(await toldHeads(told, state.block.number), state, { shownBy: because.code });
    if (differs !== undefined) await checkStillChain(rpc, trail.steps());
    return differs;
  };
  return pinpoint({ ...told, to, because, compareProven });
}

async function followAllHeaders(work: Work): Promise<AuditDivergence | undefined> {
  const { findings, rules } = work;
  if (rules === null) return undefined;
  const to = findings.to ?? findings.from;
  const reached = await followHeaders({ ...work, rules, to, log: work.state?.headers ?? null });
  if (isDivergence(reached)) return reached;
  const proven = findings.state?.block.hash ?? "none";
  if (reached.hash !== proven) throw forked(to, proven, reached.hash ?? "none");
  findings.headers = reached;
  return undefined;
}

/**
 * The chain's own state, as the node tells it: roots, statuses, agencies. All of it follows from the events; this is a check of the replay itself, and
 * of the contracts. Where the node's word is another than the events', it has to prove it.
 */
async function compareState(work: Work): Promise<AuditDivergence | undefined> {
  const { replay, findings } = work;
  const { state } = findings;
  if (state === null) throw new HufuError("INVARIANT", "the state is compared before anything is proven of it");
  const slots = await compareSlots({ ...work, state });
  if (slots !== undefined) return slots;
  findings.compared["roots"] = replay.batches().length;
  findings.compared["statuses"] = replay.statuses().size;
  const register = await compareRegister({ ...work, state });
  if (register !== undefined) return register;
  findings.compared["agencies"] = replay.agencies().size;
  return undefined;
}

async function compareWithGateway(work: Work): Promise<AuditDivergence | undefined> {
  const { gateway: url, gatewayPatience: patience = ordinaryPatience, findings } = work;
  if (url === undefined) return undefined;
  const waits = createWaitCounter();
  const { differs, missing = null, present, later } = await compareGateway({ ...work, url, patience, waits });
  findings.missing = { ...findings.missing, atGateway: missing };
  if (differs !== undefined) return differs;
  findings.waits = waits.waits("gateway");
  findings.compared["recordsAtGateway"] = present;
  if (later > 0) findings.compared["recordsInLaterBatches"] = later;
  return undefined;
}

function compareWithDatabase({ database: file, replay, keccak, progress, findings }: Work) {
  if (file === undefined) return undefined;
  const block = findings.to ?? findings.from;
  const { differs, missing = null, present } = compareDatabase(file, { replay, keccak, block, progress });
  findings.missing = { ...findings.missing, inDatabase: missing };
  if (differs !== undefined) return differs;
  findings.waits = waitsInDatabase(file, replay);
  findings.compared["recordsInDatabase"] = present;
  return undefined;
}
