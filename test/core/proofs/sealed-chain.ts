import { secp256k1 } from "@noble/curves/secp256k1.js";
import { recover as wasmRecover, signRecoverable } from "tiny-secp256k1";

import { concatBytes, hexToBytes, to0x, utf8, type Hex } from "../../../core/bytes.ts";
import { createKeccak, nobleKeccak } from "../../../core/ledger/keccak.ts";
import { developmentSealHash } from "../../../core/proofs/development.ts";
import { encodeHeader, parseHeader, plainHash, type BlockHeader } from "../../../core/proofs/header.ts";
import { encodeRlp, scalarBytes } from "../../../core/proofs/rlp.ts";
import { nobleRecover, type SignatureTools } from "../../../core/proofs/signature.ts";
import type { Vote } from "../../../core/proofs/vote.ts";

/** What a browser has. */
export const tools: SignatureTools = { keccak: nobleKeccak, recover: nobleRecover };
/** The same in WebAssembly, for properties that recover thousands of signatures. */
export const fastTools: SignatureTools = {
  keccak: await createKeccak(),
  recover: (hash, signature, recovery) => {
    try {
      return wasmRecover(hash, signature, recovery, false);
    } catch {
      return null; // r is the x of no point
    }
  },
};

/** Somebody who can sign. */
export interface Signatory {
  readonly secretKey: Uint8Array;
  readonly address: Hex;
}

const signatories = new Map<string, Signatory>();

/** The holder of the key that belongs to `name`, the same in every run. */
export function signatory(name: string): Signatory {
  const known = signatories.get(name);
  if (known) return known;
  const secretKey = nobleKeccak.hash(utf8(`test key of ${name}`));
  const address = to0x(nobleKeccak.hash(secp256k1.getPublicKey(secretKey, false).subarray(1)).subarray(12));
  const made = { secretKey, address };
  signatories.set(name, made);
  return made;
}

/** `count` validators (or Clique signers) in ascending order of their addresses. */
export function qbftValidators(count: number): Signatory[] {
  const all = Array.from({ length: count }, (_, index) => signatory(`validator ${index}`));
  return all.sort((a, b) => (a.address < b.address ? -1 : 1));
}

export function addressesOf(some: readonly Signatory[]): Hex[] {
  return some.map(({ address }) => address);
}

/** r ‖ s ‖ v, v 0 or 1. */
export function sign(hash: Uint8Array, { secretKey }: Signatory): Uint8Array {
  const { signature, recoveryId } = signRecoverable(hash, secretKey);
  return concatBytes(signature, Uint8Array.of(recoveryId));
}

/** The same signature with its s turned over: as good, and other bytes. */
export function twinOf(seal: Uint8Array): Uint8Array {
  const s = BigInt(to0x(seal.subarray(32, 64)));
  const twin = (secp256k1.Point.Fn.ORDER - s).toString(16).padStart(64, "0");
  return concatBytes(seal.subarray(0, 32), hexToBytes(twin), Uint8Array.of(1 - seal[64]!));
}

/** The fields of a header that a test may want to be its own; `later` are those after the fifteenth. */
export interface Fields {
  readonly parentHash: Uint8Array;
  readonly coinbase: Hex;
  readonly stateRoot: Uint8Array;
  readonly difficulty: bigint;
  readonly number: number;
  readonly timestamp: number;
  readonly extraData: Uint8Array;
  readonly mixHash: Uint8Array;
  readonly nonce: Uint8Array;
  readonly later: readonly Uint8Array[];
}

const word = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
export const nobody: Hex = `0x${"00".repeat(20)}`;
export const istanbulMixHash = hexToBytes("63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365");

/** A header with the given fields; every other field has a fixed value, with a base fee as of London. */
export function header(fields: Partial<Fields>): BlockHeader {
  const { number = 1, difficulty = 1n, timestamp = 1_780_000_000 + number } = fields;
  return parseHeader(
    encodeHeader([
      ...[fields.parentHash ?? word(0x11), word(0x22), hexToBytes(fields.coinbase ?? nobody)],
      ...[fields.stateRoot ?? word(0x33), word(0x44), word(0x55), new Uint8Array(256)],
      ...[difficulty, BigInt(number), 30_000_000n, 21_000n, BigInt(timestamp)].map(scalarBytes),
      ...[fields.extraData ?? new Uint8Array(), fields.mixHash ?? word(0), fields.nonce ?? new Uint8Array(8)],
      ...(fields.later ?? [scalarBytes(7n)]),
    ]),
  );
}

export interface QbftSealing {
  readonly fields?: Partial<Fields>;
  /** the listed set, in the given order */
  readonly validators: readonly Signatory[];
  /** those who seal; left out, all */
  readonly signers?: readonly Signatory[];
  readonly vote?: Vote | null;
  readonly round?: number;
  /** the round that is signed, where it is not the one that is written */
  readonly signedRound?: number;
  /** appended to the seals */
  readonly moreSeals?: readonly Uint8Array[];
}

/** A QBFT header; the proposer is the first validator unless `fields` names another. */
export function sealQbft(sealing: QbftSealing): BlockHeader {
  const { validators, signers = validators, round = 0, signedRound = round, moreSeals = [], fields = {} } = sealing;
  const of = (writtenRound: number, seals: readonly Uint8Array[]): BlockHeader =>
    header({
      coinbase: validators[0]?.address ?? nobody,
      mixHash: istanbulMixHash,
      ...fields,
      extraData: qbftExtra(sealing, writtenRound, seals),
    });
  const hash = plainHash(of(signedRound, []), nobleKeccak);
  return of(round, [...signers.map((signer) => sign(hash, signer)), ...moreSeals]);
}

function qbftExtra({ validators, vote = null }: QbftSealing, round: number, seals: readonly Uint8Array[]): Uint8Array {
  const direction = vote?.direction === "add" ? Uint8Array.of(0xff) : new Uint8Array();
  const addresses = validators.map(({ address }) => hexToBytes(address));
  const voteItem = vote === null ? [] : [hexToBytes(vote.subject), direction];
  return encodeRlp([word(0x76), addresses, voteItem, scalarBytes(BigInt(round)), seals]);
}

export interface CliqueSealing {
  readonly fields?: Partial<Fields>;
  readonly signer: Signatory;
  /** the set, ascending: says whose turn it is */
  readonly signers: readonly Signatory[];
  readonly vote?: Vote | null;
  /** whether the header lists the set, as those of an epoch do */
  readonly isCheckpoint?: boolean;
}

/** A Clique header, with the difficulty of its signer's turn unless `fields` has another. */
export function sealClique({ fields = {}, signer, signers, vote = null, isCheckpoint }: CliqueSealing): BlockHeader {
  const { number = 1 } = fields;
  const listed = isCheckpoint ? addressesOf(signers).map(hexToBytes) : [];
  const of = (seal: Uint8Array): BlockHeader =>
    header({
      difficulty: number % signers.length === signers.indexOf(signer) ? 2n : 1n,
      coinbase: vote?.subject ?? nobody,
      nonce: new Uint8Array(8).fill(vote?.direction === "add" ? 0xff : 0),
      ...fields,
      extraData: concatBytes(new Uint8Array(32), ...listed, seal),
    });
  return of(sign(plainHash(of(new Uint8Array()), nobleKeccak), signer));
}

/** A genesis header of either kind that lists `signers` in the given order. */
export function genesisOf(type: "qbft" | "clique", signers: readonly Signatory[]): BlockHeader {
  if (type === "qbft") return sealQbft({ fields: { number: 0, coinbase: nobody }, validators: signers, signers: [] });
  const listed = addressesOf(signers).map(hexToBytes);
  return header({ number: 0, extraData: concatBytes(new Uint8Array(32), ...listed, new Uint8Array(65)) });
}

/** The seal of an embedded chain's gateway over a header. */
export function sealDevelopment(sealed: BlockHeader, chainId: number, sealer: Signatory): Uint8Array {
  return sign(developmentSealHash(chainId, plainHash(sealed, nobleKeccak), nobleKeccak), sealer);
}
