import { hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import type { Proof, ProvenSlot } from "../../core/certificate/certificate.ts";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { batchSlot, statusSlot } from "../../core/ledger/slots.ts";
import { verifyAccount, verifySlot } from "../../core/proofs/account.ts";
import { toQuantity } from "../chain/quantity.ts";
import type { Rpc } from "../chain/rpc.ts";
import { createNodePool, type NodePool } from "./node-pool.ts";
import { createSealedBlocks, type ProvableBlock, type Sealing } from "./sealed-block.ts";
import { stateAt, stateOf, type StateAnswer } from "./state-answer.ts";

/** What is asked of the ledger: the batch of a root, the status of a leaf. */
export interface SlotKeys {
  readonly root: Hex;
  readonly leaf: Hex;
}

/** Proves what the ledger holds to whoever believes neither the gateway nor its node. */
export interface Prover {
  /** The newest block that a certificate may rest on. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER. */
  newest(): Promise<ProvableBlock>;
  /**
   * What the ledger holds under each of `keys`, in their order, as of `block`; null: of the newest. It has been verified. Throws as `newest` does;
   * NODE_ANSWER also where what the node answers is not what its own header commits to.
   */
  prove(keys: readonly SlotKeys[], block?: ProvableBlock | null): Promise<Proof>;
}

export interface ProverDeps {
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  /** the RecordLedger */
  readonly ledger: Hex;
  readonly sealing: Sealing;
}

export function createProver(deps: ProverDeps): Prover {
  const { rpc, keccak, ledger } = deps;
  const newest = createSealedBlocks(deps);

  return {
    newest,
    async prove(keys, at = null) {
      const block = at ?? (await newest());
      const pairs = keys.map(({ root, leaf }) => [batchSlot(root, keccak), statusSlot(leaf, keccak)] as const);
      const slots = [...new Set(pairs.flat())]; // a record and its link may be of one batch
      const [answer] = await rpc.batch([stateAt(ledger, slots, block.number)]);
      const state = stateOf(answer, slots.length);
      verify({ state, slots, stateRoot: block.stateRoot, ledger, keccak });
      return proofOf(block, state, slots, pairs);
    },
  };
}

interface Claim {
  readonly state: StateAnswer;
  readonly slots: readonly Hex[];
  readonly stateRoot: Uint8Array;
  readonly ledger: Hex;
  readonly keccak: Keccak;
}

function verify({ state, slots, stateRoot, ledger, keccak }: Claim): void {
  const { account, nodes } = state;
  try {
    verifyAccount({ stateRoot, address: hexToBytes(ledger), account, nodes, keccak });
    for (const [index, { value, nodes }] of state.slots.entries()) {
      const slot = hexToBytes(slots[index] ?? "");
      verifySlot({ storageRoot: account.storageRoot, slot, value, nodes, keccak });
    }
  } catch (cause) {
    if (!(cause instanceof HufuError) || cause.code !== "INVALID_PROOF") throw cause;
    throw new HufuError("NODE_ANSWER", `The chain's node proved what its block does not hold: ${cause.message}.`, {
      cause,
    });
  }
}

function proofOf(
  block: ProvableBlock,
  state: StateAnswer,
  slots: readonly Hex[],
  pairs: readonly (readonly [batch: Hex, status: Hex])[],
): Proof {
  const pool = createNodePool();
  const account = accountOf(state, pool);
  const proven = new Map(slots.map((slot, index) => [slot, slotOf(state, index, pool)]));
  const at = (slot: Hex): ProvenSlot => {
    const found = proven.get(slot);
    if (found === undefined) throw new HufuError("INVARIANT", "a slot was not asked for");
    return found;
  };
  return {
    block: block.sealed,
    nodes: pool.nodes,
    account,
    slots: pairs.map(([batch, status]) => ({ batch: at(batch), status: at(status) })),
  };
}

function accountOf({ account, nodes }: StateAnswer, pool: NodePool): Proof["account"] {
  return {
    nonce: Number(account.nonce),
    balance: toQuantity(account.balance),
    storageRoot: to0x(account.storageRoot),
    codeHash: to0x(account.codeHash),
    nodes: pool.places(nodes),
  };
}

function slotOf({ slots }: StateAnswer, index: number, pool: NodePool): ProvenSlot {
  const slot = slots[index];
  if (slot === undefined) throw new HufuError("INVARIANT", `there is no slot ${index}`);
  return { value: to0x(slot.value), nodes: pool.places(slot.nodes) };
}
