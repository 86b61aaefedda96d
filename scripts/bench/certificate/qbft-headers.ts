import { SigningKey, computeAddress, id } from "ethers";
import { concatBytes, hexToBytes, to0x, utf8, type Hex } from "../../../core/bytes.ts";
import type { Keccak } from "../../../core/ledger/keccak.ts";
import { encodeHeader, parseHeader } from "../../../core/proofs/header.ts";
import { qbftSealHash } from "../../../core/proofs/qbft-extra.ts";
import { encodeRlp, scalarBytes } from "../../../core/proofs/rlp.ts";
import { hexData } from "../../../server/chain/quantity.ts";

/** Four validators that anybody can pretend to be: they seal nothing but benches. */
export interface BenchValidator {
  readonly address: Hex;
  readonly key: SigningKey;
}

export const validators: readonly BenchValidator[] = ["one", "two", "three", "four"]
  .map((name) => new SigningKey(id(`bench validator ${name}`)))
  .map((key) => ({ key, address: hexData(computeAddress(key.publicKey), "an address", 20) }))
  .sort((a, b) => (a.address < b.address ? -1 : 1));

/** ceil(2N/3) of them. */
const quorum = 3;

const word = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const mixHash = hexToBytes("63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365");
const vanity = concatBytes(utf8("hufu bench"), new Uint8Array(22));

export interface QbftBlock {
  readonly number: number;
  readonly parentHash: Uint8Array;
  readonly stateRoot: Uint8Array;
  /** seconds */
  readonly timestamp: number;
}

/** A raw header with the 16 fields of London, sealed by a quorum; the genesis block by nobody. */
export function qbftHeader({ number, parentHash, stateRoot, timestamp }: QbftBlock, keccak: Keccak): Uint8Array {
  const listed = validators.map(({ address }) => hexToBytes(address));
  const proposer = listed[number % listed.length] ?? new Uint8Array(20);
  const header = (seals: readonly Uint8Array[]): Uint8Array =>
    encodeHeader([
      ...[parentHash, word(2), proposer, stateRoot, word(4), word(5), new Uint8Array(256)],
      ...[1, number, 30_000_000, 21_000, timestamp].map((value) => scalarBytes(BigInt(value))),
      ...[encodeRlp([vanity, listed, [], new Uint8Array(), seals]), mixHash, new Uint8Array(8), Uint8Array.of(7)],
    ]);
  if (number === 0) return header([]);
  const hash = to0x(qbftSealHash(parseHeader(header([])), keccak));
  return header(validators.slice(0, quorum).map(({ key }) => sealOf(key, hash)));
}

/** r ‖ s ‖ v, v 0 or 1. */
function sealOf(key: SigningKey, hash: Hex): Uint8Array {
  const { r, s, yParity } = key.sign(hash);
  return concatBytes(hexToBytes(r), hexToBytes(s), Uint8Array.of(yParity));
}
