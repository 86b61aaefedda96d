import type { Hex } from "../bytes.ts";
import { sealedBlock, type SealedBlock } from "../certificate/certificate.ts";
import * as read from "../certificate/read.ts";
import { refused } from "../certificate/read.ts";
import { faultsError, type Fault } from "../error.ts";
import { toJsonValue } from "../json/parse.ts";
import { isObject } from "../json/shape.ts";

/**
 * What a verifier has met before, and keeps: a file alone cannot show that there is a newer status of its record, or another header at its
 * block's height.
 */
export interface Seen {
  readonly headers: readonly SeenHeader[];
  readonly statuses: readonly SeenStatus[];
}

/** A header that was properly sealed when it was met. */
export interface SeenHeader {
  readonly chainId: number;
  /** left out by earlier versions: such a header is of whatever chain has its id, until newer ones have taken its place */
  readonly genesisHash?: Hex;
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly block: SealedBlock;
}

/** The newest status of a record that was met. */
export interface SeenStatus {
  readonly leaf: Hex;
  readonly version: number;
  readonly blockNumber: number;
}

/**
 * Two sealed headers of one height. Under QBFT validators did what no honest one does; under Clique it may be an honest reorganisation, and one of
 * the two fell, or will fall, out of the chain. Both are kept, for whoever asks who it was.
 */
export interface HeaderConflict {
  /** a development chain has none: it begins again */
  readonly consensus: "qbft" | "clique";
  readonly blockNumber: number;
  readonly blocks: readonly [SeenHeader, SeenHeader];
}

export const nothingSeen: Seen = { headers: [], statuses: [] };

/** So many of each are kept, the newest: a verifier that is used for years must not grow without end. */
const MAX_SEEN = 1000;

const integer = read.integer(0, Number.MAX_SAFE_INTEGER);

const members = { chainId: integer, blockNumber: integer, blockHash: read.hash, block: sealedBlock };
const headerOfChain = read.object<SeenHeader>({ ...members, genesisHash: read.hash });
const headerOfId = read.object<SeenHeader>(members);
const header: read.Reader<SeenHeader> = (value, pointer, faults) =>
  (isObject(value) && Object.hasOwn(value, "genesisHash") ? headerOfChain : headerOfId)(value, pointer, faults);

const readSeen = read.object<Seen>({
  headers: read.list(header, MAX_SEEN),
  statuses: read.list(read.object<SeenStatus>({ leaf: read.hash, version: integer, blockNumber: integer }), MAX_SEEN),
});

/**
 * Reads what a verifier kept, and what anybody may have changed since: a closed type and bounded sizes. Throws INVALID_REQUEST with every fault,
 * MALFORMED_JSON for a value that is no JSON.
 */
export function parseSeen(value: unknown): Seen {
  const faults: Fault[] = [];
  const parsed = readSeen(toJsonValue(value), "", faults);
  if (parsed === refused) throw faultsError("INVALID_REQUEST", faults.slice(0, read.MAX_FAULTS));
  return parsed;
}

/** With what was met now: a header of a height that is known stays as it was, a status gives way to a newer one. */
export function withSeen(seen: Seen, met: { header: SeenHeader; statuses: readonly SeenStatus[] }): Seen {
  const isKnown = seen.headers.some((one) => isSameHeight(one, met.header));
  const statuses = new Map(seen.statuses.map((one) => [one.leaf, one]));
  for (const status of met.statuses) {
    const before = statuses.get(status.leaf);
    if (before !== undefined && before.version > status.version) continue;
    statuses.delete(status.leaf); // so that it comes last, as the newest
    statuses.set(status.leaf, status);
  }
  return {
    headers: (isKnown ? seen.headers : [...seen.headers, met.header]).slice(-MAX_SEEN),
    statuses: [...statuses.values()].slice(-MAX_SEEN),
  };
}

/** The header that was met before at the same height, if it is another one. */
export function otherAtHeight(seen: Seen, header: SeenHeader): SeenHeader | undefined {
  return seen.headers.find((one) => isSameHeight(one, header) && one.blockHash !== header.blockHash);
}

function isSameHeight(one: SeenHeader, other: SeenHeader): boolean {
  const isSameChain = one.genesisHash === other.genesisHash || !one.genesisHash || !other.genesisHash;
  return isSameChain && one.chainId === other.chainId && one.blockNumber === other.blockNumber;
}
