import { hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { checkBlockHash } from "../../core/proofs/consensus.ts";
import { proofFaultOf } from "../../core/proofs/fault.ts";
import { encodeHeader, parseHeader, plainHash, type BlockHeader } from "../../core/proofs/header.ts";
import { blockAt } from "./block.ts";
import { badAnswer, count, field, hexData, quantity, toQuantity } from "./quantity.ts";
import { resultOf, type Rpc } from "./rpc.ts";

/** A header as it was hashed, seals and all. */
export interface RawHeader {
  readonly number: number;
  /** RLP */
  readonly raw: Uint8Array;
  /** the block's: what the raw header hashes to, plainly or as QBFT has it */
  readonly hash: Hex;
}

type Form = "quantity" | "data";

/** What JSON-RPC calls the items of a header, in the order of the RLP. */
const items: readonly (readonly [name: string, form: Form])[] = [
  ["parentHash", "data"],
  ["sha3Uncles", "data"],
  ["miner", "data"],
  ["stateRoot", "data"],
  ["transactionsRoot", "data"],
  ["receiptsRoot", "data"],
  ["logsBloom", "data"],
  ["difficulty", "quantity"],
  ["number", "quantity"],
  ["gasLimit", "quantity"],
  ["gasUsed", "quantity"],
  ["timestamp", "quantity"],
  ["extraData", "data"],
  ["mixHash", "data"],
  ["nonce", "data"],
];
/** London, Shanghai, Cancun (three), Prague; a block has those of the forks that its chain has had. */
const laterItems: readonly (readonly [name: string, form: Form])[] = [
  ["baseFeePerGas", "quantity"],
  ["withdrawalsRoot", "data"],
  ["blobGasUsed", "quantity"],
  ["excessBlobGas", "quantity"],
  ["parentBeaconBlockRoot", "data"],
  ["requestsHash", "data"],
];

/**
 * The raw header of what eth_getBlockByNumber answers. Throws NODE_ANSWER where the fields are malformed, or do not hash to the hash beside
 * them: the block has a field that this program does not know, or the node does not tell the truth.
 */
export function headerOf(block: unknown, keccak: Keccak): RawHeader {
  const later = laterItems.filter(([name]) => (field(block, name) ?? null) !== null);
  const raw = encodeHeader([...items, ...later].map(([name, form]) => itemOf(field(block, name), name, form)));
  const number = count(field(block, "number"), "a block's number");
  return checked(raw, { number, hash: hexData(field(block, "hash"), "a block's hash", 32) }, keccak);
}

/**
 * The raw headers of blocks, in the order asked. A header whose JSON fields do not give its hash is asked for as it is (debug_getRawHeader). Throws
 * NODE_ANSWER where the node has no such block or no header that hashes to its block's hash, NODE_UNREACHABLE, NODE_REFUSED.
 */
export async function readHeaders(rpc: Rpc, numbers: readonly number[], keccak: Keccak): Promise<RawHeader[]> {
  const answers = await rpc.batch(numbers.map(blockAt));
  const headers: RawHeader[] = [];
  for (const [index, number] of numbers.entries()) {
    const block = resultOf(answers[index], "eth_getBlockByNumber");
    if (block === null) throw badAnswer(`it has no block ${number}`);
    if (count(field(block, "number"), "a block's number") !== number)
      throw badAnswer(`asked for block ${number}, it gives another`);
    headers.push(await readHeader(rpc, block, keccak));
  }
  return headers;
}

/** Of a block that has a number. */
async function readHeader(rpc: Rpc, block: unknown, keccak: Keccak): Promise<RawHeader> {
  try {
    return headerOf(block, keccak);
  } catch (cause) {
    if (!(cause instanceof HufuError && cause.code === "NODE_ANSWER")) throw cause;
    // A hash that no header could have is not mended by reading the header itself.
    if (isRoundKept(cause)) throw cause;
    return readRawHeader(rpc, block, cause, keccak);
  }
}

async function readRawHeader(rpc: Rpc, block: unknown, cause: HufuError, keccak: Keccak): Promise<RawHeader> {
  const number = count(field(block, "number"), "a block's number");
  const hash = hexData(field(block, "hash"), "a block's hash", 32);
  const [answer] = await rpc.batch([{ method: "debug_getRawHeader", params: [toQuantity(number)] }]);
  if (answer?.ok !== true)
    throw badAnswer(`the fields of block ${number} do not hash to its hash, and debug_getRawHeader is refused`, cause);
  return checked(hexToBytes(hexData(answer.result, "a raw header")), { number, hash }, keccak);
}

function itemOf(value: unknown, name: string, form: Form): Uint8Array {
  if (form === "data") return hexToBytes(hexData(value, `a header's ${name}`));
  const number = quantity(value, `a header's ${name}`);
  const digits = number === 0n ? "" : number.toString(16);
  return hexToBytes(digits.length % 2 === 0 ? digits : `0${digits}`);
}

function checked(raw: Uint8Array, { number, hash }: Omit<RawHeader, "raw">, keccak: Keccak): RawHeader {
  const header = parsed(raw);
  if (header?.number !== number) throw badAnswer(`the header of block ${number} is none`);
  if (hash !== to0x(plainHash(header, keccak))) checkQbftHash(header, hash, keccak);
  return { number, raw, hash };
}

/** null: it is no header. */
function parsed(raw: Uint8Array): BlockHeader | null {
  try {
    return parseHeader(raw);
  } catch (error) {
    if (error instanceof HufuError && error.code === "INVALID_PROOF") return null;
    throw error;
  }
}

/** The hash of a header that is not hashed plainly. The cause of the error is what is wrong with it. */
function checkQbftHash(header: BlockHeader, hash: Hex, keccak: Keccak): void {
  try {
    checkBlockHash(header, hexToBytes(hash), { type: "qbft" }, keccak);
  } catch (cause) {
    const { code, message } = proofFaultOf(cause);
    const why = code === "BLOCK_HASH_KEEPS_ROUND" ? message : "its header does not hash to the block's hash";
    throw badAnswer(`of block ${header.number}, ${why}`, cause);
  }
}

/** Whether the block's hash was made of all that its validators signed, with the round: a mistake of whoever wrote the node. */
function isRoundKept({ cause }: HufuError): boolean {
  return cause instanceof HufuError && cause.faults[0]?.code === "BLOCK_HASH_KEEPS_ROUND";
}
