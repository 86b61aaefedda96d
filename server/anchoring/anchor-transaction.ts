import { to0x, type Hex } from "../../core/bytes.ts";
import type { Contracts } from "../chain/ledger-contracts.ts";
import { hexData } from "../chain/quantity.ts";
import { agencyHex } from "../chain/reader.ts";
import { batchDigests } from "../store/batches.ts";
import type { Store } from "../store/open.ts";
import type { AnchorOrder } from "../store/outbox.ts";
import type { Signer } from "./signer.ts";
import type { Transaction } from "./transaction.ts";

/** Room for any signer, P-256 without a precompile among them, and for each digest a third more than it was measured to take. */
const GAS_OF_BATCH = 600_000;
const GAS_OF_RECORD = 1_800;

/** Has a batch signed by its agency and encodes the call. `deadline` in seconds of block time. */
export async function anchorTransaction(
  deps: { store: Store; signer: Signer; contracts: Contracts; ledger: Hex },
  order: AnchorOrder,
  deadline: number,
): Promise<Transaction> {
  const { agency, kind, count } = order;
  const digests = await batchDigests(deps.store.db, order.batchId);
  const signature = await deps.signer.signAnchor({ agency, kind, root: to0x(order.root), count, deadline });
  const data = deps.contracts.ledger.interface.encodeFunctionData("anchor", [
    ...[agencyHex(agency), kind, wordsOf(digests), deadline, deps.signer.signerOf(agency), signature],
  ]);
  return {
    orderId: order.id,
    to: deps.ledger,
    data: hexData(data, "a call"),
    gas: GAS_OF_BATCH + count * GAS_OF_RECORD,
    deadline,
    signature,
  };
}

function wordsOf(bytes: Uint8Array): Hex[] {
  return Array.from({ length: bytes.length / 32 }, (_, index) => to0x(bytes.subarray(index * 32, index * 32 + 32)));
}
