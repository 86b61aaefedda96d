import { hexToBytes, type Hex } from "../bytes.ts";
import { topics } from "./abi.ts";
import { createWordReader, malformed, type WordReader } from "./words.ts";

/** A log as a node tells it, with its numbers read. `blockTimestamp` in seconds, where the node gives it. */
export interface RawLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly transactionHash: string;
  readonly logIndex: number;
  readonly blockTimestamp?: number;
}

export interface Anchored {
  readonly name: "Anchored";
  readonly agency: string;
  readonly kind: number;
  readonly root: Hex;
  readonly count: number;
  /** seconds of Unix time */
  readonly deadline: bigint;
  readonly signer: Uint8Array;
  /** 32 bytes each, in ascending order of their leaves */
  readonly digests: Uint8Array;
}

export interface StatusSet {
  readonly name: "StatusSet";
  readonly leaf: Hex;
  readonly actor: string;
  readonly agency: string;
  readonly kind: number;
  /** 64 hex digits */
  readonly digest: string;
  /** the version that it has now: 1 for the first */
  readonly version: number;
  /** the code of what became true, as the chain has it */
  readonly effect: number;
  /** 64 hex digits: the digest of the status decision, or of the successor */
  readonly basis: string;
  readonly signer: Uint8Array;
}

export interface AgencyNamed {
  readonly name: "AgencyEnrolled" | "AgencyRenamed";
  readonly agency: string;
  /** the bytes as they stand on the chain, which does not check that they are UTF-8 */
  readonly agencyName: Uint8Array;
}

export interface KindsSet {
  readonly name: "KindsSet";
  readonly agency: string;
  /** bit k stands for kind k */
  readonly kinds: bigint;
}

export interface SignerSet {
  readonly name: "SignerSet";
  readonly agency: string;
  readonly signer: Uint8Array;
  /** seconds of Unix time, both included */
  readonly validFrom: number;
  readonly validUntil: number;
}

export interface SuspensionSet {
  readonly name: "SuspensionSet";
  readonly agency: string;
  readonly suspended: boolean;
}

export interface OversightSet {
  readonly name: "OversightSet";
  readonly overseer: string;
  readonly agency: string;
  /** bit e stands for the effect with code e */
  readonly effects: number;
}

export type LedgerEvent = Anchored | StatusSet | AgencyNamed | KindsSet | SignerSet | SuspensionSet | OversightSet;

interface Decoder {
  readonly indexed: number;
  readonly words: number;
  /** `topic` reads the indexed arguments, `data` the others, both in the order of the event. */
  read(topic: WordReader, data: WordReader): LedgerEvent;
}

const decoders: Readonly<Record<string, Decoder>> = {
  [topics.Anchored]: { indexed: 3, words: 4, read: readAnchored },
  [topics.StatusSet]: { indexed: 3, words: 6, read: readStatusSet },
  [topics.AgencyEnrolled]: {
    indexed: 1,
    words: 1,
    read: (topic, data) => ({ name: "AgencyEnrolled", agency: topic.agency(), agencyName: data.bytes() }),
  },
  [topics.AgencyRenamed]: {
    indexed: 1,
    words: 1,
    read: (topic, data) => ({ name: "AgencyRenamed", agency: topic.agency(), agencyName: data.bytes() }),
  },
  [topics.KindsSet]: {
    indexed: 1,
    words: 1,
    read: (topic, data) => ({ name: "KindsSet", agency: topic.agency(), kinds: data.integer(256) }),
  },
  [topics.SignerSet]: { indexed: 1, words: 3, read: readSignerSet },
  [topics.SuspensionSet]: {
    indexed: 1,
    words: 1,
    read: (topic, data) => ({ name: "SuspensionSet", agency: topic.agency(), suspended: data.boolean() }),
  },
  [topics.OversightSet]: {
    indexed: 2,
    words: 1,
    read: (topic, data) => ({
      name: "OversightSet",
      overseer: topic.agency(),
      agency: topic.agency(),
      effects: data.number(8),
    }),
  },
};

/**
 * Decodes a log of one of the two contracts by hand: a ledger of millions of digests is replayed hundreds of times faster than
 * through a general ABI library. Throws MALFORMED_LOG for whatever the contracts cannot have written; a node can hand out anything.
 */
export function decodeLog(log: Pick<RawLog, "topics" | "data">): LedgerEvent {
  const [topic0, ...indexed] = log.topics;
  const decoder = topic0 === undefined ? undefined : decoders[topic0];
  if (decoder === undefined) throw malformed("its first topic is no event of the contracts");
  if (indexed.length !== decoder.indexed) throw malformed(`${indexed.length} indexed arguments`);
  const topic = createWordReader(bytesOf(`0x${indexed.map((word) => word.slice(2)).join("")}`), indexed.length);
  const data = createWordReader(bytesOf(log.data), decoder.words);
  const event = decoder.read(topic, data);
  data.end();
  return event;
}

function readAnchored(topic: WordReader, data: WordReader): Anchored {
  return {
    name: "Anchored",
    agency: topic.agency(),
    kind: topic.number(8),
    root: `0x${topic.hash()}`,
    count: data.number(32),
    deadline: data.integer(64),
    signer: data.bytes(),
    digests: data.hashes(),
  };
}

function readStatusSet(topic: WordReader, data: WordReader): StatusSet {
  return {
    name: "StatusSet",
    leaf: `0x${topic.hash()}`,
    actor: topic.agency(),
    agency: topic.agency(),
    kind: data.number(8),
    digest: data.hash(),
    version: data.number(16),
    effect: data.number(8),
    basis: data.hash(),
    signer: data.bytes(),
  };
}

function readSignerSet(topic: WordReader, data: WordReader): SignerSet {
  return {
    name: "SignerSet",
    agency: topic.agency(),
    signer: data.bytes(),
    validFrom: data.number(40),
    validUntil: data.number(40),
  };
}

function bytesOf(data: string): Uint8Array {
  if (!data.startsWith("0x")) throw malformed("its data does not begin with 0x");
  try {
    return hexToBytes(data);
  } catch (cause) {
    throw malformed("it holds something else than hex digits", cause);
  }
}
