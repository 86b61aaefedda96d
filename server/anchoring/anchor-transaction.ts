import { bytesToHex, to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Contracts } from "../chain/ledger-contracts.ts";
import { agencyHex } from "../chain/slots.ts";
import { batchDigests } from "../store/batches.ts";
import type { Store } from "../store/open.ts";
import type { AnchorOrder } from "../store/outbox.ts";
import type { Signer } from "./signer.ts";
import type { Transaction } from "./transaction.ts";

/** Room for any signer, P-256 without a precompile among them, and for each digest a third more than it was measured to take. */
const GAS_OF_BATCH = 600_000;
const GAS_OF_RECORD = 1_800;

/** Units of gas that a batch of so many records is sent with. */
export function gasOfBatch(records: number): number {
  return GAS_OF_BATCH + records * GAS_OF_RECORD;
}

/** Records that a batch can have at most, below 1 where not even one fits, if a transaction may use so many units of gas. */
export function recordsWithin(gas: number): number {
  return Math.floor((gas - GAS_OF_BATCH) / GAS_OF_RECORD);
}

/** Has a batch signed by its agency and encodes the call. `deadline` in seconds of block time. */
export async function anchorTransaction(
  deps: { store: Store; signer: Signer; contracts: Contracts; ledger: Hex },
  order: AnchorOrder,
  deadline: number,
): Promise<Transaction> {
  const { agency, kind, count } = order;
  const digests = await batchDigests(deps.store.db, order.batchId);
  const signature = await deps.signer.signAnchor({ agency, kind, root: to0x(order.root), count, deadline });
  const signerBytes = deps.signer.signerOf(agency);
  const call = { agency, kind, digests, deadline, signer: signerBytes, signature };
  return {
    orderId: order.id,
    to: deps.ledger,
    data: encodeAnchor(selectorOf(deps.contracts), call),
    gas: gasOfBatch(count),
    deadline,
    signature,
  };
}

export interface AnchorCall {
  readonly agency: string;
  readonly kind: number;
  /** 32 bytes each */
  readonly digests: Uint8Array;
  readonly deadline: number;
  readonly signer: Hex;
  readonly signature: Hex;
}

/** The ABI encoding of `anchor`, by hand: a general library takes ten times as long for five hundred digests. */
export function encodeAnchor(selector: string, call: AnchorCall): Hex {
  const digests = word(call.digests.length / 32) + bytesToHex(call.digests);
  const signer = dynamicBytes(call.signer);
  const signature = dynamicBytes(call.signature);
  const [digestsAt, signerAt] = [6 * 32, 6 * 32 + digests.length / 2];
  const head = [
    ...[agencyHex(call.agency).slice(2).padEnd(64, "0"), word(call.kind), word(digestsAt), word(call.deadline)],
    ...[word(signerAt), word(signerAt + signer.length / 2)],
  ];
  return `0x${selector.slice(2)}${head.join("")}${digests}${signer}${signature}`;
}

function selectorOf(contracts: Contracts): string {
  const anchor = contracts.ledger.interface.getFunction("anchor");
  if (anchor === null) throw new HufuError("INVARIANT", "the ledger has no function anchor");
  return anchor.selector;
}

function dynamicBytes(bytes: Hex): string {
  const digits = bytes.slice(2);
  return word(digits.length / 2) + digits.padEnd(Math.ceil(digits.length / 64) * 64, "0");
}

function word(value: number): string {
  return value.toString(16).padStart(64, "0");
}
