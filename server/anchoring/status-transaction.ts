import { compareBytes, to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { leavesOf } from "../../core/ledger/leaf.ts";
import { buildTree } from "../../core/ledger/merkle.ts";
import type { Contracts } from "../chain/ledger-contracts.ts";
import { hexData } from "../chain/quantity.ts";
import { agencyHex } from "../chain/slots.ts";
import { batchDigests } from "../store/batches.ts";
import type { Store } from "../store/open.ts";
import type { StatusOrderDue } from "../store/outbox.ts";
import type { Signer } from "./signer.ts";
import type { Transaction } from "./transaction.ts";

const GAS_OF_STATUS = 800_000;

export interface StatusDeps {
  readonly store: Store;
  readonly keccak: Keccak;
  readonly signer: Signer;
  readonly contracts: Contracts;
  readonly ledger: Hex;
}

/** Has a change of status signed by its actor and encodes the call. `version`: what the chain has now; `deadline` in seconds of block time. */
export async function statusTransaction(
  deps: StatusDeps,
  order: StatusOrderDue,
  version: number,
  deadline: number,
): Promise<Transaction> {
  const { actor, agency, kind, effect } = order;
  const basis = to0x(order.basis);
  const item = { leaf: to0x(order.leaf), version, effect, basis };
  const signature = await deps.signer.signStatus({ actor, items: [item], deadline });
  const change = {
    ...{ agency: agencyHex(agency), kind, digest: to0x(order.target), root: to0x(order.root) },
    ...{ proof: await proofOf(deps, order), version, effect, basis },
  };
  const data = deps.contracts.ledger.interface.encodeFunctionData("setStatus", [
    ...[agencyHex(actor), [change], deadline, deps.signer.signerOf(actor), signature],
  ]);
  return { orderId: order.id, to: deps.ledger, data: hexData(data, "a call"), gas: GAS_OF_STATUS, deadline, signature };
}

/** The siblings from the target's leaf to the root of its batch. */
async function proofOf(deps: StatusDeps, order: StatusOrderDue): Promise<Hex[]> {
  const digests = await batchDigests(deps.store.db, order.batchId);
  const leaves = leavesOf(order.agency, order.kind, digests, deps.keccak);
  const index = indexOf(leaves, order.leaf);
  const tree = buildTree(leaves, deps.keccak);
  if (index < 0 || compareBytes(tree.root, order.root) !== 0)
    throw new HufuError(
      "INVARIANT",
      `batch ${order.batchId} does not hold the target of order ${order.id}, or its root is another`,
    );
  return tree.proof(index).map(to0x);
}

function indexOf(leaves: Uint8Array, leaf: Uint8Array): number {
  for (let index = 0; index * 32 < leaves.length; index++) {
    if (compareBytes(leaves.subarray(index * 32, index * 32 + 32), leaf) === 0) return index;
  }
  return -1;
}
