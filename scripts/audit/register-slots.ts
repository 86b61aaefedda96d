import { concatBytes, hexToBytes, to0x, utf8 } from "../../core/bytes.ts";
import type { AgencyState } from "../../core/ledger/agency-register.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import type { SlotWord } from "./prove-slots.ts";

/** The register's mappings; its journal's head is in slot 0, its AccessManager in slot 1. */
const mappings = { rights: 2, periods: 3, oversight: 4, names: 5 } as const;

/** Slots in which the register keeps an agency's name, and what they hold by the events. */
export function nameSlots(
  agency: string,
  { nameBytes: bytes }: Pick<AgencyState, "nameBytes">,
  keccak: Keccak,
): SlotWord[] {
  const slot = mapped(agencyKey(agency), word(mappings.names), keccak);
  // Solidity keeps up to 31 bytes beside their doubled length, and more of them from the slot's hash on.
  if (bytes.length < 32) return [pair(slot, padded(bytes, 31), Uint8Array.of(2 * bytes.length))];
  const first = BigInt(to0x(keccak.hash(slot)));
  const parts = Array.from({ length: Math.ceil(bytes.length / 32) }, (_, index) =>
    pair(word(first + BigInt(index)), padded(bytes.subarray(32 * index, 32 * index + 32), 32)),
  );
  return [pair(slot, word(2 * bytes.length + 1)), ...parts];
}

/** Kinds and suspension; that it is enrolled is in its name. */
export function rightsSlots(agency: string, state: AgencyState, keccak: Keccak): SlotWord[] {
  const slot = mapped(agencyKey(agency), word(mappings.rights), keccak);
  return [pair(slot, word(state.kinds | (state.suspended ? 1n : 0n))), ...nameSlots(agency, state, keccak)];
}

export function periodSlot(
  agency: string,
  signer: Uint8Array,
  { validFrom, validUntil }: { readonly validFrom: number; readonly validUntil: number },
  keccak: Keccak,
): SlotWord {
  const periods = mapped(agencyKey(agency), word(mappings.periods), keccak);
  return pair(mapped(keccak.hash(signer), periods, keccak), word((BigInt(validFrom) << 40n) | BigInt(validUntil)));
}

export function oversightSlot(overseer: string, agency: string, effects: number, keccak: Keccak): SlotWord {
  const overseen = mapped(agencyKey(overseer), word(mappings.oversight), keccak);
  return pair(mapped(agencyKey(agency), overseen, keccak), word(effects));
}

/** Where a mapping that stands in `slot` keeps the value of `key`. */
function mapped(key: Uint8Array, slot: Uint8Array, keccak: Keccak): Uint8Array {
  return keccak.hash(concatBytes(key, slot));
}

function agencyKey(agency: string): Uint8Array {
  return padded(utf8(agency), 32);
}

function pair(slot: Uint8Array, ...parts: readonly Uint8Array[]): SlotWord {
  return { slot: to0x(slot), word: to0x(concatBytes(...parts)) };
}

/** Zeros follow. */
function padded(bytes: Uint8Array, length: number): Uint8Array {
  const all = new Uint8Array(length);
  all.set(bytes);
  return all;
}

function word(value: number | bigint): Uint8Array {
  return hexToBytes(BigInt.asUintN(256, BigInt(value)).toString(16).padStart(64, "0"));
}
