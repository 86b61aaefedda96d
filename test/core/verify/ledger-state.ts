import { bytesToBase64 } from "../../../core/base64.ts";
import { bytesToHex, concatBytes, hexToBytes, to0x, utf8, type Hex } from "../../../core/bytes.ts";
import type { CertificateBatch, Proof } from "../../../core/certificate/certificate.ts";
import type { Effect } from "../../../core/ledger/effect.ts";
import { nobleKeccak, type Keccak } from "../../../core/ledger/keccak.ts";
import { leafOf } from "../../../core/ledger/leaf.ts";
import { buildTree, orderBatch } from "../../../core/ledger/merkle.ts";
import { batchSlot, batchWord, statusSlot, statusWord } from "../../../core/ledger/slots.ts";
import { encodeRlp, scalarBytes } from "../../../core/proofs/rlp.ts";
import type { NotarisedRecord } from "../../../core/record/digest.ts";
import { codeHash, ledgerAddress } from "./chain.ts";
import { buildTrie, type Entry } from "../../../scripts/bench/state-trie.ts";

/** The newest status of a record, as the ledger was told it. */
export interface SetStatus {
  readonly effect: Effect;
  /** digest of the decision, or of the amendment */
  readonly basis: string;
  readonly version?: number;
  /** ISO UTC */
  readonly since?: string;
}

/** A record that the synthetic ledger anchored, and what it holds about it. */
export interface Anchored {
  readonly record: NotarisedRecord;
  /** the kind's number, of the built-in kinds */
  readonly kind: number;
  readonly batch: CertificateBatch;
  readonly anchoredAt: string;
  readonly status: SetStatus | undefined;
}

export const repairedAt = "2026-11-20T01:00:00.000Z";

/** The record in a batch with `size` - 1 others. */
export function batchOf({ header, digest }: NotarisedRecord, kind: number, size: number, keccak: Keccak) {
  const others = Array.from({ length: size - 1 }, (_, index) => keccak.hash(utf8(`${kind} ${index}`)));
  const ordered = orderBatch(header.agency, kind, concatBytes(hexToBytes(digest), ...others), keccak);
  const digests = Array.from({ length: size }, (_, at) => bytesToHex(ordered.digests.subarray(32 * at, 32 * at + 32)));
  const path = buildTree(ordered.leaves, keccak).proof(digests.indexOf(digest)).map(to0x);
  return { root: to0x(ordered.root), count: size, path };
}

interface Slot {
  readonly slot: Hex;
  readonly value: Hex;
}

const seconds = (instant: string): number => Date.parse(instant) / 1000;
export const nothing: Hex = `0x${"0".repeat(64)}`;

function slotsOf(
  { record, kind, batch, anchoredAt, status }: Anchored,
  held: (slot: Hex, value: Hex) => Hex,
  keccak: Keccak,
): { batch: Slot; status: Slot } {
  const { agency } = record.header;
  const leaf = to0x(leafOf(agency, kind, record.digest, keccak));
  const word = { agency, kind, count: batch.count, blockTime: seconds(anchoredAt) };
  const set = status && { version: 1, blockTime: seconds(status.since ?? repairedAt), ...status };
  const holding = (slot: Hex, value: Hex): Slot => ({ slot, value: held(slot, value) });
  return {
    batch: holding(batchSlot(batch.root, keccak), batchWord(word)),
    status: holding(statusSlot(leaf, keccak), set === undefined ? nothing : statusWord(set, keccak)),
  };
}

/** A trie holds no zeros. */
function storageTrie(own: readonly Slot[], slots: number, keccak: Keccak) {
  const set = new Map(own.filter(({ value }) => value !== nothing).map(({ slot, value }) => [slot, value]));
  const stored = [...set].map(([slot, value]): Entry => [hexToBytes(slot), encodeRlp(withoutZeros(value))]);
  const wanted = own.map(({ slot }) => hexToBytes(slot));
  return buildTrie([...stored, ...fillers(slots, keccak)], wanted, keccak);
}

/** Storage of other batches, so that a proof is as long as it is on a ledger of that size. */
function fillers(count: number, keccak: Keccak): Entry[] {
  return Array.from({ length: count }, (_, index): Entry => {
    const slot = keccak.hash(utf8(`slot ${index}`));
    return [slot, encodeRlp(keccak.hash(slot))];
  });
}

const accountRlp = (nonce: number, balance: bigint, storageRoot: Uint8Array, code: Uint8Array): Uint8Array =>
  encodeRlp([scalarBytes(BigInt(nonce)), scalarBytes(balance), storageRoot, code]);

/** The address of an account that belongs to nobody. */
export function otherAddress(index: number, keccak: Keccak): Uint8Array {
  return keccak.hash(utf8(`account ${index}`)).subarray(12);
}

function otherAccounts(count: number, keccak: Keccak): Entry[] {
  const noCode = hexToBytes("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  const noTrie = hexToBytes("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");
  return Array.from({ length: count }, (_, index): Entry => {
    return [otherAddress(index, keccak), accountRlp(index, BigInt(index) * 10n ** 18n, noTrie, noCode)];
  });
}

export interface LedgerState {
  readonly stateRoot: Uint8Array;
  /** a certificate's proof but for its block */
  readonly proof: Omit<Proof, "block">;
}

export interface StateOptions {
  /** further slots in the ledger's storage */
  readonly slots?: number;
  /** further accounts */
  readonly accounts?: number;
  /** false: nobody deployed the ledger */
  readonly isDeployed?: boolean;
  /** where the ledger is */
  readonly address?: Hex;
  /** whose path is given as the ledger's */
  readonly proven?: Uint8Array;
  readonly keccak?: Keccak;
  /** of other code than the institutions published */
  readonly code?: Hex;
  /** replaces slots that the ledger holds, by slot */
  readonly held?: (slot: Hex, value: Hex) => Hex;
}

/** A state in which the ledger holds these records, and the proof of what it holds about them. */
export function ledgerState(records: readonly Anchored[], options: StateOptions = {}): LedgerState {
  const { slots = 20, accounts: others = 40, isDeployed = true, keccak = nobleKeccak, code = codeHash } = options;
  const pairs = records.map((one) => slotsOf(one, options.held ?? ((_, value) => value), keccak));
  const own = pairs.flatMap(({ batch, status }) => [batch, status]);
  const storage = storageTrie(own, slots, keccak);
  const address = hexToBytes(options.address ?? ledgerAddress);
  const ledger: Entry = [address, accountRlp(1, 0n, storage.root, hexToBytes(code))];
  const entries = [...(isDeployed ? [ledger] : []), ...otherAccounts(others, keccak)];
  const accounts = buildTrie(entries, [options.proven ?? address], keccak);
  const nodes: string[] = [];
  const places = (path: readonly Uint8Array[] | undefined): number[] =>
    (path ?? []).map(bytesToBase64).map((node) => (nodes.includes(node) ? nodes.indexOf(node) : nodes.push(node) - 1));
  const account = {
    ...({ nonce: 1, balance: "0x0", storageRoot: to0x(storage.root), codeHash: code } as const),
    nodes: places(accounts.proofs[0]),
  };
  const proven = pairs.map(({ batch, status }, index) => ({
    batch: { value: batch.value, nodes: places(storage.proofs[2 * index]) },
    status: { value: status.value, nodes: places(storage.proofs[2 * index + 1]) },
  }));
  return { stateRoot: accounts.root, proof: { nodes, account, slots: proven } };
}

function withoutZeros(value: Hex): Uint8Array {
  const bytes = hexToBytes(value);
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0));
}
