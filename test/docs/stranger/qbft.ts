import { hashWith, hexOf, plainHash, readHeader, type Header } from "./header.ts";
import { bytesOf, decode, encode, isItems, numberOf, type Item } from "./rlp.ts";
import { signerOf } from "./signature.ts";
import { changedBy, isOneEpoch, isSpent, majorityOf, setAt, type ValidatorSet, type Vote } from "./validators.ts";

export interface Extra {
  readonly validators: readonly string[];
  readonly vote: Vote | null;
  readonly seals: readonly Buffer[];
  /** the extra data with this round and these seals */
  encoded(round: "own" | "none", seals: readonly Buffer[]): Buffer;
}

const mixHash = "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365";

/** Throws where the header is not one of QBFT's. */
export function qbftExtra(header: Header): Extra {
  const items = decode(header.extraData);
  if (!isItems(items) || items.length !== 5) throw new Error("no extra data of QBFT");
  const [vanity, listed, voted, round, sealed] = items;
  if (!isItems(listed) || !isItems(voted) || !isItems(sealed)) throw new Error("no extra data of QBFT");
  if (numberOf(round) >= 2n ** 32n) throw new Error("no round");
  const validators = listed.map((item) => hexOf(bytesOf(item, 20)));
  const own = [bytesOf(vanity, 32), listed, voted] as const;
  return {
    validators,
    vote: voteOf(voted),
    seals: sealed.map((item) => bytesOf(item)),
    encoded: (wanted, seals) => encode([...own, wanted === "own" ? bytesOf(round) : Buffer.alloc(0), seals]),
  };
}

function voteOf(voted: readonly Item[]): Extra["vote"] {
  if (voted.length === 0) return null;
  const direction = bytesOf(voted[1]).toString("hex");
  if (voted.length !== 2 || !["", "ff"].includes(direction)) throw new Error("not a vote");
  return { subject: hexOf(bytesOf(voted[0], 20)), isAdded: direction === "ff" };
}

/** The block's hash: of the genesis header as it stands, of any other without seals in round 0. */
export function qbftHash(header: Header): Buffer {
  return header.number === 0 ? plainHash(header) : hashWith(header, qbftExtra(header).encoded("none", []));
}

/** Whether a quorum of `set`, which ascends, sealed the header, which lists just this set. */
export function isSealedByQuorum(header: Header, set: readonly string[]): boolean {
  const { validators, seals, encoded } = qbftExtra(header);
  const hash = hashWith(header, encoded("own", []));
  const signers = seals.map((seal) => signerOf(hash, seal));
  const isOrdinary = header.difficulty === 1n && hexOf(header.mixHash) === mixHash;
  return (
    isOrdinary &&
    validators.join() === set.join() &&
    set.includes(hexOf(header.coinbase)) &&
    signers.every((signer) => signer !== undefined && set.includes(signer)) &&
    new Set(signers).size === signers.length &&
    signers.length >= Math.ceil((2 * set.length) / 3)
  );
}

/** The vote that passed in the last of the headers. Throws where none did. */
export function qbftVotePassed(
  headers: readonly Header[],
  next: string | null,
  sets: readonly ValidatorSet[],
  epoch: number,
): Vote {
  const last = headers.at(-1);
  const vote = last === undefined ? null : qbftExtra(last).vote;
  if (last === undefined || vote === null || next === null) throw new Error("no vote");
  const child = readHeader(next);
  const voters = new Set(headers.map(({ coinbase }) => hexOf(coinbase)));
  const set = setAt(sets, last.number);
  const rules = [
    headers.every(({ number }, i) => number > (headers[i - 1]?.number ?? -1)),
    isOneEpoch(
      headers.map(({ number }) => number),
      epoch,
    ),
    headers.every((header) => JSON.stringify(qbftExtra(header).vote) === JSON.stringify(vote)),
    headers.every((header) => isSealedByQuorum(header, setAt(sets, header.number))),
    headers.every(({ number, coinbase }) => !isSpent(sets, number, hexOf(coinbase), vote)),
    voters.size === headers.length && voters.size >= majorityOf(set.length),
    child.number === last.number + 1 && child.parentHash.equals(qbftHash(last)),
    isSealedByQuorum(child, changedBy(vote, set)),
  ];
  if (rules.includes(false)) throw new Error("no change of QBFT's validators");
  return vote;
}
