import { AbiCoder, id, toUtf8Bytes, zeroPadBytes, hexlify } from "ethers";
import type { RawLog } from "../../../core/ledger/events.ts";
import { signatures } from "../../../core/ledger/abi.ts";

/** The arguments of each event in its order, and which of them are indexed: written a second time, from the interfaces. */
const layouts: Record<keyof typeof signatures, readonly [type: string, indexed?: "indexed"][]> = {
  Anchored: [
    ["bytes18", "indexed"],
    ["uint8", "indexed"],
    ["bytes32", "indexed"],
    ["uint32"],
    ["uint64"],
    ["bytes"],
    ["bytes32[]"],
  ],
  StatusSet: [
    ["bytes32", "indexed"],
    ["bytes18", "indexed"],
    ["bytes18", "indexed"],
    ["uint8"],
    ["bytes32"],
    ["uint16"],
    ["uint8"],
    ["bytes32"],
    ["bytes"],
  ],
  AgencyEnrolled: [["bytes18", "indexed"], ["string"]],
  AgencyRenamed: [["bytes18", "indexed"], ["string"]],
  KindsSet: [["bytes18", "indexed"], ["uint256"]],
  SignerSet: [["bytes18", "indexed"], ["bytes"], ["uint40"], ["uint40"]],
  SuspensionSet: [["bytes18", "indexed"], ["bool"]],
  OversightSet: [["bytes18", "indexed"], ["bytes18", "indexed"], ["uint8"]],
};

export type EventName = keyof typeof signatures;

/** `bytes18` of an agency's code. */
export function bytes18(agency: string): string {
  return hexlify(toUtf8Bytes(agency));
}

/** Topics and data of an event, encoded by ethers. `values` in the event's order. */
export function encodeEvent(name: EventName, values: readonly unknown[]): { topics: string[]; data: string } {
  const coder = AbiCoder.defaultAbiCoder();
  const layout = layouts[name];
  const indexed = layout.flatMap(([type, mark], at) => (mark ? [coder.encode([type], [values[at]])] : []));
  const rest = layout.flatMap(([type, mark], at) => (mark ? [] : [[type, values[at]] as const]));
  const signature = `${name}(${layout.map(([type]) => type).join(",")})`;
  return {
    topics: [id(signature), ...indexed],
    data: coder.encode(
      rest.map(([type]) => type),
      rest.map(([, value]) => value),
    ),
  };
}

/** A whole log. Hashes of block and transaction are the block's number and the log's place, padded. */
export function syntheticLog(
  address: string,
  place: { block: number; index: number; time: number },
  event: { topics: string[]; data: string },
): RawLog {
  return {
    address,
    ...event,
    blockNumber: place.block,
    blockHash: zeroPadBytes(`0x${place.block.toString(16).padStart(8, "0")}`, 32),
    transactionHash: zeroPadBytes(`0x${place.block.toString(16).padStart(8, "0")}ff`, 32),
    logIndex: place.index,
    blockTimestamp: place.time,
  };
}
