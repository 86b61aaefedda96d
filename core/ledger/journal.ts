import { hexToBytes, utf8 } from "../bytes.ts";
import { topics } from "./abi.ts";
import type { LedgerEvent } from "./events.ts";
import type { Keccak } from "./keccak.ts";
import { agencyBytes } from "./leaf.ts";

const WORD = 32;

/** The head before the first state change: keccak256(abi.encode(keccak256("hufu.journal.v1"), chainId, address)). */
export function journalSeed(chainId: number, address: string, keccak: Keccak): Uint8Array {
  return keccak.hash(
    joined([keccak.hash(utf8("hufu.journal.v1")), integer(chainId), right(hexToBytes(address.slice(2)))]),
  );
}

/** The head after `entry`. */
export function extend(head: Uint8Array, entry: Uint8Array, keccak: Keccak): Uint8Array {
  return keccak.hash(joined([head, entry]));
}

/** keccak256(abi.encode(topic0, blockTime, ...arguments)), as IJournal has it. `blockTime` in seconds. */
export function journalEntry(event: LedgerEvent, blockTime: number, keccak: Keccak): Uint8Array {
  const topic0 = hexToBytes(topics[event.name].slice(2));
  return keccak.hash(joined([topic0, integer(blockTime), ...argumentWords(event, keccak)]));
}

/** One word for each argument: `bytes` and `string` are their hash, and the digests of Anchored are left out. */
function argumentWords(event: LedgerEvent, keccak: Keccak): Uint8Array[] {
  switch (event.name) {
    case "Anchored":
      return [
        left(agencyBytes(event.agency)),
        integer(event.kind),
        hash(event.root.slice(2)),
        integer(event.count),
        integer(event.deadline),
        keccak.hash(event.signer),
      ];
    case "StatusSet":
      return [
        hash(event.leaf.slice(2)),
        left(agencyBytes(event.actor)),
        left(agencyBytes(event.agency)),
        integer(event.kind),
        hash(event.digest),
        integer(event.version),
        integer(event.effect),
        hash(event.basis),
        keccak.hash(event.signer),
      ];
    case "AgencyEnrolled":
    case "AgencyRenamed":
      return [left(agencyBytes(event.agency)), keccak.hash(event.agencyName)];
    case "KindsSet":
      return [left(agencyBytes(event.agency)), integer(event.kinds)];
    case "SignerSet":
      return [
        left(agencyBytes(event.agency)),
        keccak.hash(event.signer),
        integer(event.validFrom),
        integer(event.validUntil),
      ];
    case "SuspensionSet":
      return [left(agencyBytes(event.agency)), integer(event.suspended ? 1 : 0)];
    case "OversightSet":
      return [left(agencyBytes(event.overseer)), left(agencyBytes(event.agency)), integer(event.effects)];
  }
}

function integer(value: number | bigint): Uint8Array {
  return hexToBytes(value.toString(16).padStart(2 * WORD, "0"));
}

function hash(hex: string): Uint8Array {
  return hexToBytes(hex);
}

/** An address: padded on its left. */
function right(bytes: Uint8Array): Uint8Array {
  const word = new Uint8Array(WORD);
  word.set(bytes, WORD - bytes.length);
  return word;
}

/** A `bytesN`: padded on its right. */
function left(bytes: Uint8Array): Uint8Array {
  const word = new Uint8Array(WORD);
  word.set(bytes);
  return word;
}

function joined(words: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(words.length * WORD);
  words.forEach((word, index) => all.set(word, index * WORD));
  return all;
}
