import { bytesToHex, hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import { MAX_LINKS, type CertifiedRecord } from "../../core/certificate/certificate.ts";
import { parseStatusWord } from "../../core/ledger/slots.ts";
import { groundsOf, isBasis, isSameSubject, type Followed } from "../../core/verify/walk.ts";
import { findByDigest, type RecordRow } from "../store/records.ts";
import { possibleBases } from "../store/statuses.ts";
import { findAnchored, type AnchoredRecord } from "./anchored.ts";
import { certified, type CertifiedDeps } from "./certified.ts";
import { guessedStatusWord } from "./guessed-status.ts";
import { kindOf } from "./stored.ts";

/** What the two slots of a record hold in one block. */
export interface SlotWords {
  readonly batch: Hex;
  readonly status: Hex;
}

/** A record that a certificate brings along. */
export interface Link {
  readonly anchored: AnchoredRecord;
  readonly record: CertifiedRecord;
}

/** Follows what a status rests on. What was proven counts, not what the store has read since; where nothing is proven yet, the store's word is the guess. */
export interface ChainOfLinks {
  /** The links of `row`, in the order in which a verdict walks them. `words`: what is proven, by leaf. */
  from(row: RecordRow, words: ReadonlyMap<Hex, SlotWords>): Promise<readonly Link[]>;
}

const EMPTY = `0x${"0".repeat(64)}`;

export function createChainOfLinks(deps: CertifiedDeps): ChainOfLinks {
  const { db, kinds, keccak } = deps;
  const known = new Map<string, Link | null>();

  /** null: not here, erased, or in no batch of the ledger in the block that is proven. Then the walk ends. */
  async function linkOf(digest: string, words: ReadonlyMap<Hex, SlotWords>): Promise<Link | null> {
    const link = known.get(digest) ?? (await readLink(digest));
    known.set(digest, link);
    const isThere = link !== null && words.get(to0x(link.anchored.row.leaf))?.batch !== EMPTY;
    return isThere ? link : null;
  }

  async function readLink(digest: string): Promise<Link | null> {
    const row = await findByDigest(db, hexToBytes(digest));
    const anchored = row === undefined ? null : await findAnchored(db, row);
    const record = anchored && (await certified(anchored, "public", deps));
    return anchored && record && { anchored, record };
  }

  async function followed(row: RecordRow, words: ReadonlyMap<Hex, SlotWords>): Promise<Followed> {
    const word = words.get(to0x(row.leaf))?.status ?? (await guessedStatusWord(db, row, keccak));
    const header = { agency: row.agency, kind: kindOf(row, kinds).kind };
    return { record: { digest: bytesToHex(row.digest), header }, status: parseStatusWord(word) };
  }

  async function basisOf(
    row: RecordRow,
    { status }: Followed,
    words: ReadonlyMap<Hex, SlotWords>,
  ): Promise<Link | null> {
    if (status === null) return null;
    const bases = (await possibleBases(db, row)).map(bytesToHex);
    const basis = bases.find((digest) => isBasis(digest, status.basisHash, keccak));
    return basis === undefined ? null : linkOf(basis, words);
  }

  return {
    async from(row, words) {
      const links: Link[] = [];
      const visited = new Set<string>();
      for (let next = row; links.length < MAX_LINKS;) {
        const step = await followed(next, words);
        visited.add(step.record.digest);
        const basis = await basisOf(next, step, words);
        if (basis === null) break;
        links.push(basis);
        const kind = kindOf(basis.anchored.row, kinds);
        const { successor = null } = groundsOf(step, { record: basis.record, kind });
        // Two records can name each other.
        const link = successor === null || visited.has(successor) ? null : await linkOf(successor, words);
        if (link === null || !isSameSubject(step.record.header, link.record.header)) break;
        if (link !== basis) links.push(link);
        next = link.anchored.row;
      }
      return links.slice(0, MAX_LINKS);
    },
  };
}
