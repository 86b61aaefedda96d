import { hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import { stateAt } from "../../server/proofs/state-answer.ts";
import { checkStillThere, type ProveInput, type ProvenState } from "./prove.ts";
import { stateIn, verifyState } from "./prove-account.ts";
import { divergence, type AuditDivergence } from "./report.ts";

export interface ProveSlotsInput extends Pick<ProveInput, "rpc" | "trust" | "keccak"> {
  /** the block under which codes and heads were proven */
  readonly state: ProvenState;
}

/** A storage slot and 32 bytes that it holds, or has to hold. */
export interface SlotWord {
  readonly slot: Hex;
  readonly word: Hex;
}

/**
 * What slots of a contract hold, proven under the proven block: asked where the node's bare word contradicts the events, which may be a lie of the node's or a
 * fault of the ledger's. Throws STATE_NOT_PROVEN by {@link found}, NODE_FORKED, NODE_WITHOUT_PROOFS, NODE_FORGOT_STATE.
 */
export async function proveSlots(
  { rpc, trust, keccak, state: { block } }: ProveSlotsInput,
  name: "ledger" | "agencies",
  slots: readonly Hex[],
): Promise<Hex[]> {
  const [answer] = await rpc.batch([stateAt(trust.contracts[name].address, slots, block.number)]);
  await checkStillThere(rpc, block.number, block.hash);
  const state = stateIn(answer, slots.length, block.number);
  const header = { number: block.number, stateRoot: hexToBytes(block.stateRoot) };
  verifyState(state, { name, slots }, header, { trust, keccak });
  return state.slots.map(({ value }) => to0x(value));
}

/** The state is as the events say, and the node told of it otherwise: `told` is what would be wrong if it were true. */
export function notItsState({ code, expected, found, names }: AuditDivergence): AuditDivergence {
  const what = "The node tells of its block's state otherwise than it is proven";
  return divergence("STATE_NOT_PROVEN", what, expected, found, { ...names, shownBy: code });
}
