import { bytesToHex, to0x } from "../../core/bytes.ts";
import type { BatchSignature } from "../../core/certificate/certificate.ts";
import { HufuError } from "../../core/error.ts";
import { decodeRlp } from "../../core/proofs/rlp.ts";

const WORD = 32;
/** Places of the arguments of `anchor(agency, kind, digests, deadline, signer, signature)`. */
const [DEADLINE, SIGNER, SIGNATURE] = [3, 4, 5];

/**
 * The agency's signature over a batch, out of the transaction that brought it to the chain: the one place that still says which signer it was
 * after a key was rotated. `raw` is a signed call of `anchor`, of our own making.
 */
export function batchSignatureOf(raw: Uint8Array): BatchSignature {
  const call = callData(raw).subarray(4);
  return {
    signer: to0x(bytesAt(call, SIGNER)),
    deadline: numberAt(call, DEADLINE * WORD),
    signature: to0x(bytesAt(call, SIGNATURE)),
  };
}

/** A legacy transaction is a list whose sixth item is the data; a typed one has its type before it and two more items. */
function callData(raw: Uint8Array): Uint8Array {
  const isTyped = (raw[0] ?? 0) < 0x80;
  const items = decodeRlp(isTyped ? raw.subarray(1) : raw);
  const data = items instanceof Uint8Array ? undefined : items[isTyped ? 7 : 5];
  if (data instanceof Uint8Array) return data;
  throw new HufuError("INVARIANT", "an attempt is no transaction of a type that this program makes");
}

/** A dynamic argument: its place is in the head, its length before its bytes. */
function bytesAt(call: Uint8Array, argument: number): Uint8Array {
  const start = numberAt(call, argument * WORD);
  const length = numberAt(call, start);
  return call.subarray(start + WORD, start + WORD + length);
}

function numberAt(call: Uint8Array, offset: number): number {
  return Number(`0x${bytesToHex(call.subarray(offset, offset + WORD))}`);
}
