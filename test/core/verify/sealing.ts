import { secp256k1 } from "@noble/curves/secp256k1.js";
import { concatBytes, hexToBytes, to0x, utf8, type Hex } from "../../../core/bytes.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { cliqueSealHash } from "../../../core/proofs/clique.ts";
import { developmentSealHash } from "../../../core/proofs/development.ts";
import { encodeHeader, parseHeader, plainHash } from "../../../core/proofs/header.ts";
import { qbftSealHash } from "../../../core/proofs/qbft-extra.ts";
import { encodeRlp, scalarBytes } from "../../../core/proofs/rlp.ts";
import type { Vote } from "../../../core/proofs/vote.ts";

/** A key that everybody can make: it signs nothing but tests. */
export interface TestKey {
  readonly secret: Uint8Array;
  readonly address: Hex;
}

export function keyNamed(name: string): TestKey {
  const secret = keccak.hash(utf8(name));
  const publicKey = secp256k1.getPublicKey(secret, false);
  return { secret, address: to0x(keccak.hash(publicKey.subarray(1)).subarray(12)) };
}

/** In the order of their addresses, as headers list them. */
export function keysNamed(prefix: string, count: number): TestKey[] {
  const keys = Array.from({ length: count }, (_, index) => keyNamed(`${prefix} ${index}`));
  return keys.sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** r ‖ s ‖ v over a hash; v is 0 or 1 of seals, 27 or 28 of ordinary signatures. Always the same for the same input. */
export function sign(hash: Uint8Array, { secret }: TestKey, base: 0 | 27 = 0): Uint8Array {
  const signature = secp256k1.sign(hash, secret, { prehash: false, format: "recovered" });
  return concatBytes(signature.subarray(1), Uint8Array.of(signature[0]! + base));
}

/** The same seal with s turned over, which recovers to the same address. */
export function turnedOver(seal: Uint8Array): Uint8Array {
  const order = secp256k1.Point.Fn.ORDER;
  const s = order - BigInt(to0x(seal.subarray(32, 64)));
  return concatBytes(seal.subarray(0, 32), hexToBytes(s.toString(16).padStart(64, "0")), Uint8Array.of(1 - seal[64]!));
}

export interface HeaderFacts {
  readonly number: number;
  readonly parentHash?: Uint8Array;
  readonly stateRoot?: Uint8Array;
  /** seconds */
  readonly timestamp: number;
}

const word = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const noOmmers = hexToBytes("1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347");
const noTrie = hexToBytes("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");
const qbftMixHash = hexToBytes("63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365");
/** A client's version, as sealed headers carry it. */
export const vanity = concatBytes(utf8("hufu tests"), new Uint8Array(22));

interface OwnFields {
  readonly coinbase: Uint8Array;
  readonly difficulty: bigint;
  readonly extraData: Uint8Array;
  readonly mixHash: Uint8Array;
  readonly nonce: Uint8Array;
}

/** A header of the 16 fields that London has. */
function rawHeader({ number, parentHash = word(1), stateRoot = noTrie, timestamp }: HeaderFacts, own: OwnFields) {
  const scalar = (value: number): Uint8Array => scalarBytes(BigInt(value));
  const { coinbase, difficulty, extraData, mixHash, nonce } = own;
  const roots = [parentHash, noOmmers, coinbase, stateRoot, noTrie, noTrie, new Uint8Array(256)];
  const counts = [scalarBytes(difficulty), scalar(number), scalar(30_000_000), scalar(0), scalar(timestamp)];
  return encodeHeader([...roots, ...counts, extraData, mixHash, nonce, scalar(7)]);
}

export interface QbftFacts extends HeaderFacts {
  /** the list in the header */
  readonly validators: readonly Hex[];
  readonly proposer?: Hex;
  readonly vote?: Vote;
  /** who seals it; nobody the genesis block */
  readonly signers: readonly TestKey[];
  /** in which the seals are made */
  readonly round?: number;
  /** that the header says; the same where left out */
  readonly writtenRound?: number;
}

/** A raw QBFT header with its seals. */
export function qbftHeader(facts: QbftFacts): Uint8Array {
  const { validators, proposer = validators[0]!, signers, round = 0, writtenRound = round } = facts;
  const header = (inRound: number, seals: readonly Uint8Array[]): Uint8Array =>
    rawHeader(facts, {
      coinbase: hexToBytes(proposer),
      difficulty: 1n,
      extraData: qbftExtra(facts, inRound, seals),
      mixHash: qbftMixHash,
      nonce: new Uint8Array(8),
    });
  const hash = qbftSealHash(parseHeader(header(round, [])), keccak);
  const seals = signers.map((key) => sign(hash, key));
  return header(writtenRound, seals);
}

function qbftExtra({ validators, vote }: QbftFacts, round: number, seals: readonly Uint8Array[]): Uint8Array {
  const direction = vote?.direction === "add" ? Uint8Array.of(0xff) : new Uint8Array();
  const voted = vote === undefined ? [] : [hexToBytes(vote.subject), direction];
  return encodeRlp([vanity, validators.map(hexToBytes), voted, scalarBytes(BigInt(round)), seals]);
}

export interface CliqueFacts extends HeaderFacts {
  /** the whole set, by which its turn is reckoned */
  readonly signers: readonly TestKey[];
  /** whose turn it is, where left out; null: the genesis block, which nobody signs */
  readonly signer?: TestKey | null;
  readonly difficulty?: bigint;
}

/** A raw Clique header with its seal. A genesis block lists the signers. */
export function cliqueHeader(facts: CliqueFacts): Uint8Array {
  const { number, signers } = facts;
  const inTurn = signers[number % signers.length]!;
  const { signer = inTurn, difficulty = signer === inTurn ? 2n : 1n } = facts;
  const listed = signer === null ? concatBytes(...signers.map(({ address }) => hexToBytes(address))) : new Uint8Array();
  const header = (seal: Uint8Array): Uint8Array =>
    rawHeader(facts, {
      coinbase: new Uint8Array(20),
      difficulty,
      extraData: concatBytes(vanity, listed, seal),
      mixHash: new Uint8Array(32),
      nonce: new Uint8Array(8),
    });
  const unsealed = header(new Uint8Array(65));
  return signer === null ? unsealed : header(sign(cliqueSealHash(parseHeader(unsealed), keccak), signer));
}

/** A raw header of an embedded chain, and the gateway's seal of it. */
export function developmentBlock(facts: HeaderFacts, chainId: number, key: TestKey): [Uint8Array, Uint8Array] {
  const zero = new Uint8Array(32);
  const own = { coinbase: new Uint8Array(20), difficulty: 0n, extraData: zero.slice(0, 0), mixHash: zero };
  const raw = rawHeader(facts, { ...own, nonce: new Uint8Array(8) });
  return [raw, sign(developmentSealHash(chainId, plainHash(parseHeader(raw), keccak), keccak), key)];
}
