import type { Certificate } from "./certificate.ts";
import { keccak256 } from "./hash.ts";
import { fromBase64, hexOf } from "./header.ts";
import { encode, numberBytes } from "./rlp.ts";
import { batchSlot, statusSlot } from "./storage.ts";
import { lookUp } from "./trie.ts";

/** What the ledger holds about one record of the file. */
export interface Held {
  /** null: no such batch */
  readonly batch: {
    readonly agency: string;
    readonly kind: number;
    readonly count: number;
    readonly time: number;
  } | null;
  /** null: never set */
  readonly status: SetStatus | null;
}

export interface SetStatus {
  readonly effect: number;
  readonly version: number;
  /** seconds */
  readonly time: number;
  /** the first 24 bytes of its hash, in hexadecimal digits */
  readonly basis: string;
}

const nothing = `0x${"0".repeat(64)}`;

/** What is proven under the state root about the record and then each link, whose leaves are given. Throws where something is not. */
export function provenState(
  { record, links, ledger, proof }: Certificate,
  stateRoot: Buffer,
  leaves: readonly string[],
): Held[] {
  const { account, slots } = proof;
  const records = [record, ...links];
  const nodes = proof.nodes.map(fromBase64);
  const used = new Set<number>();
  const at = (places: readonly number[]): Buffer[] =>
    places.map((place) => {
      used.add(place);
      return nodes[place] ?? Buffer.alloc(0);
    });
  const bytes = (hex: string): Buffer => Buffer.from(hex.slice(2), "hex");
  const found = lookUp(stateRoot, keccak256(bytes(ledger.address)), at(account.nodes));
  const { nonce, balance, storageRoot, codeHash } = account;
  const numbers = [numberBytes(BigInt(nonce)), numberBytes(BigInt(balance))];
  if (found?.equals(encode([...numbers, bytes(storageRoot), bytes(codeHash)])) !== true)
    throw new Error("no such account");
  const prove = (slot: string, { value, nodes: path }: { value: string; nodes: readonly number[] }): void => {
    const held = lookUp(bytes(storageRoot), keccak256(bytes(slot)), at(path));
    const said = value === nothing ? null : encode(numberBytes(BigInt(value)));
    if (said === null ? held !== null : held?.equals(said) !== true) throw new Error("no such value in the slot");
  };
  if (slots.length !== records.length) throw new Error("slots of others");
  const held = slots.map(({ batch, status }, i) => {
    prove(batchSlot((records[i] ?? record).batch.root), batch);
    prove(statusSlot(leaves[i] ?? ""), status);
    return { batch: batchIn(batch.value), status: statusIn(status.value) };
  });
  if (used.size !== nodes.length || new Set(proof.nodes).size !== nodes.length) throw new Error("nodes too many");
  return held;
}

function batchIn(value: string): Held["batch"] {
  if (value === nothing) return null;
  const [agency, kind, count, time] = cut(value, 18, 1, 4, 5);
  return {
    agency: Buffer.from(agency ?? "", "hex").toString("latin1"),
    kind: num(kind),
    count: num(count),
    time: num(time),
  };
}

function statusIn(value: string): Held["status"] {
  if (value === nothing) return null;
  const [effect, version, time, basis = ""] = cut(value, 1, 2, 5, 24);
  return { effect: num(effect), version: num(version), time: num(time), basis };
}

/** Pieces of so many bytes each. */
function cut(value: string, ...sizes: readonly number[]): string[] {
  let at = 2;
  return sizes.map((size) => value.slice(at, (at += 2 * size)));
}

function num(hex: string | undefined): number {
  return Number(`0x${hex ?? "0"}`);
}

/** The first 24 bytes of keccak(digest). */
export function basisOf(digest: string): string {
  return hexOf(keccak256(Buffer.from(digest, "hex"))).slice(2, 50);
}
