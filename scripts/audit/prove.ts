import { to0x, type Hex } from "../../core/bytes.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { journalSlot } from "../../core/ledger/slots.ts";
import { majorityOf } from "../../core/proofs/vote.ts";
import { checkSeals, type Consensus } from "../../core/proofs/consensus.ts";
import { proofFaultOf } from "../../core/proofs/fault.ts";
import { parseHeader, type BlockHeader } from "../../core/proofs/header.ts";
import type { Recover } from "../../core/proofs/signature.ts";
import type { ValidatorHistory } from "../../core/proofs/validators.ts";
import type { TrustBundle } from "../../core/trust/bundle.ts";
import { blockAt, blockOf, readHead } from "../../server/chain/block.ts";
import { contractOrder } from "../../server/chain/ledger-contracts.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { stateAt } from "../../server/proofs/state-answer.ts";
import { checkCheckpoint, checkSeal } from "./block-check.ts";
import { auditFault, forked, omitted } from "./fault.ts";
import { found } from "./found.ts";
import { factsOf } from "./headers/facts.ts";
import { readChain } from "./headers/read.ts";
import { notSealed } from "./report.ts";
import { slotsOf, stateIn, verifyState } from "./prove-account.ts";

export interface ProveInput {
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  readonly recover: Recover;
  readonly trust: TrustBundle;
  readonly validators: ValidatorHistory;
}

/** What a block proves, of which nothing is the node's word: save that of an embedded chain nobody but the node vouches for the block. */
export interface ProvenState {
  readonly block: { readonly number: number; readonly hash: Hex; readonly time: number; readonly stateRoot: Hex };
  /** who sealed the block, or built on it; null: the chain has no seals */
  readonly seals: { readonly signers: readonly Hex[]; readonly of: number } | null;
  readonly heads: { readonly ledger: Hex; readonly agencies: Hex };
}

/** How many blocks have to stand on one that is audited: under Clique a majority has to build on it. */
export function depthOf({ type }: Consensus, { validators }: ValidatorHistory): number {
  return type === "clique" ? majorityOf(validators.length) - 1 : 0;
}

/**
 * Proves, under the header of `block` and its seals, the code of all four contracts and the heads of both journals. Throws what {@link found} makes
 * of a header, seal, code or proof that cannot be the chain's; TRUST_TOO_OLD, ENDORSED_TOO_LITTLE, NODE_WITHOUT_PROOFS, NODE_FORGOT_STATE, NODE_FORKED.
 */
export async function proveState(input: ProveInput, block: number): Promise<ProvenState> {
  const { rpc, keccak, trust } = input;
  const depth = depthOf(trust.consensus, input.validators);
  await checkReach(input, block, depth);
  const numbers = Array.from({ length: depth + 1 }, (_, index) => block + index);
  const [raw, ...following] = await readChain(rpc, numbers, keccak);
  if (raw === undefined) throw omitted(block);
  for (const each of [raw, ...following]) checkCheckpoint(each, trust.checkpoints);
  const header = parseHeader(raw.raw);
  const answers = await rpc.batch(
    contractOrder.map((name) => stateAt(trust.contracts[name].address, slotsOf(name), block)),
  );
  await checkStillThere(rpc, block, raw.hash);
  const seals = sealsOf(
    header,
    following.map((each) => parseHeader(each.raw)),
    input,
  );
  const heads = { ledger: journalSlot, agencies: journalSlot };
  for (const [index, name] of contractOrder.entries()) {
    const slots = slotsOf(name);
    const state = stateIn(answers[index], slots.length, block);
    verifyState(state, { name, slots }, header, input);
    const [slot] = state.slots;
    if ((name === "ledger" || name === "agencies") && slot !== undefined) heads[name] = to0x(slot.value);
  }
  const { number, timestamp: time, stateRoot } = header;
  return { block: { number, hash: raw.hash, time, stateRoot: to0x(stateRoot) }, seals, heads };
}

/** null: an embedded chain, whose blocks nobody seals before the node. */
function sealsOf(header: BlockHeader, following: readonly BlockHeader[], input: ProveInput): ProvenState["seals"] {
  const { keccak, recover, trust, validators: history } = input;
  const { consensus, chainId, publishedAt } = trust;
  if (consensus.type === "development") return null;
  const known = { consensus, validators: history, publishedAt: publishedAt.blockNumber };
  // Who may seal is asked of every header, so that validators who came after the trust file are not taken for forgers.
  for (const { raw } of [header, ...following]) checkSeal(factsOf(raw, consensus, { keccak, recover }), known);
  const { validators } = history;
  try {
    const { signers, of } = checkSeals(
      { header, following, seal: null },
      { keccak, recover, consensus, chainId, validators },
    );
    return { signers, of };
  } catch (error) {
    const { code, message } = proofFaultOf(error);
    if (code === "CHAIN_BROKEN") throw forked(header.number, "one block", "another, below the next");
    throw found(notSealed(header.number, code, message));
  }
}

/** The header and the proofs are of one chain only if the block did not change in between. Throws NODE_FORKED. */
export async function checkStillThere(rpc: Rpc, block: number, hash: Hex): Promise<void> {
  const [answer] = await rpc.batch([blockAt(block)]);
  const now = blockOf(answer)?.hash;
  if (now !== hash) throw forked(block, hash, now ?? "none");
}

/** A block counts under the newest validators alone, and under Clique with a majority on top. */
async function checkReach({ rpc, validators }: ProveInput, block: number, depth: number): Promise<void> {
  if (block < validators.since) {
    const sentence = `Block ${block} was sealed by former validators, whose keys may be anybody's by now.`;
    throw auditFault("FORMER_VALIDATORS", `${sentence} Audit a block from ${validators.since} on.`);
  }
  if (depth === 0 || (await readHead(rpc)).number >= block + depth) return;
  const sentence = `Block ${block} has not the ${depth} blocks on top that show a majority of signers.`;
  throw auditFault("ENDORSED_TOO_LITTLE", `${sentence} Audit an earlier block.`);
}
