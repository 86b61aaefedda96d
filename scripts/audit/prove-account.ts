import { hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { journalSlot } from "../../core/ledger/slots.ts";
import { verifyAccount, verifySlot } from "../../core/proofs/account.ts";
import { proofFaultOf } from "../../core/proofs/fault.ts";
import type { BlockHeader } from "../../core/proofs/header.ts";
import type { TrustBundle, TrustedContract } from "../../core/trust/bundle.ts";
import type { RpcAnswer } from "../../server/chain/rpc.ts";
import { stateOf, type StateAnswer } from "../../server/proofs/state-answer.ts";
import { auditFault } from "./fault.ts";
import { found } from "./found.ts";
import { divergence } from "./report.ts";

/** Only ledger and register keep a journal. */
export function slotsOf(name: TrustedContract): Hex[] {
  return name === "ledger" || name === "agencies" ? [journalSlot] : [];
}

/** An account, and the slots of it that were asked for. */
export interface AskedState {
  readonly name: TrustedContract;
  readonly slots: readonly Hex[];
}

/** Proves the account under the header's state root, its code, and its slots. Throws what {@link found} makes of what is not so. */
export function verifyState(
  state: StateAnswer,
  { name, slots: asked }: AskedState,
  header: Pick<BlockHeader, "number" | "stateRoot">,
  { trust, keccak }: { readonly trust: TrustBundle; readonly keccak: Keccak },
): void {
  const { address, codeHash } = trust.contracts[name];
  const names = { contract: name, address, block: header.number };
  const { account, nodes, slots } = state;
  try {
    verifyAccount({ stateRoot: header.stateRoot, address: hexToBytes(address), account, nodes, keccak });
    for (const [index, slot] of asked.entries()) {
      const { value, nodes } = slots[index] ?? { value: new Uint8Array(), nodes: [] };
      verifySlot({ storageRoot: account.storageRoot, slot: hexToBytes(slot), value, nodes, keccak });
    }
  } catch (error) {
    const { code, message } = proofFaultOf(error);
    const what = "The node's state is not the one of its block";
    throw found(divergence("STATE_NOT_PROVEN", what, "a proof of it", message, { ...names, proof: code }));
  }
  const proven = to0x(account.codeHash);
  if (proven !== codeHash)
    throw found(divergence("CODE_DIFFERS", "A contract has other code", codeHash, proven, names));
}

/** The node's answer for as many slots. Throws NODE_WITHOUT_PROOFS, NODE_FORGOT_STATE, NODE_ANSWER. */
export function stateIn(answer: RpcAnswer | undefined, slots: number, block: number): StateAnswer {
  if (answer?.ok === false) {
    const { message, code } = answer.error;
    const isUnknown =
      code === -32601 || /method.*(not found|not supported|not available|does not exist)/i.test(message);
    if (isUnknown) {
      const sentence = "The node has no eth_getProof, so nothing that it says of the ledger's state can be proved.";
      throw auditFault("NODE_WITHOUT_PROOFS", `${sentence} Ask another node of the same chain.`, answer.error);
    }
    const sentence = `The node does not prove the state of block ${block} (${message}).`;
    throw auditFault(
      "NODE_FORGOT_STATE",
      `${sentence} Audit a newer block, or ask a node that keeps it.`,
      answer.error,
    );
  }
  return stateOf(answer, slots);
}
