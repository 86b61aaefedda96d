import { to0x, type Hex } from "../bytes.ts";
import { HufuError } from "../error.ts";
import { createAgencyRegister, type AgencyState } from "./agency-register.ts";
import { createBatchLedger } from "./batch-ledger.ts";
import { divergenceAt, type Divergence, type Finding } from "./divergence.ts";
import { decodeLog, type LedgerEvent, type RawLog } from "./events.ts";
import { extend, journalEntry, journalSeed } from "./journal.ts";
import type { Keccak } from "./keccak.ts";
import type { ReplayedBatch } from "./record-table.ts";
import { createStatusLedger, type ReplayedStatus } from "./status-ledger.ts";

export interface ReplayInput {
  readonly chainId: number;
  /** the contracts' addresses, in any case */
  readonly ledger: string;
  readonly agencies: string;
  readonly keccak: Keccak;
}

export interface ReplayCounts {
  readonly events: number;
  readonly batches: number;
  readonly records: number;
  readonly statusChanges: number;
  readonly agencies: number;
}

/** The ledger's state, rebuilt from its events alone. */
export interface Replay {
  /**
   * Takes in the next log of either contract; logs come in the order of the chain, `blockTime` is in seconds. The first log that
   * breaks a rule is answered with its divergence and not taken in: nothing after it means anything, so it is answered for ever.
   */
  apply(log: RawLog, blockTime: number): Divergence | undefined;
  heads(): { readonly ledger: Hex; readonly agencies: Hex };
  counts(): ReplayCounts;
  batch(root: Hex): ReplayedBatch | undefined;
  batches(): readonly ReplayedBatch[];
  /** The digests of the batch at `index` of `batches()`, 32 bytes each. Valid until the next log. */
  digestsOf(index: number): Uint8Array;
  /** The first batch that holds the record. */
  record(agency: string, kind: number, digest: Uint8Array): ReplayedBatch | undefined;
  status(leaf: Hex): ReplayedStatus | undefined;
  /** By leaf; a record whose status was never set is not in it, and is in force. */
  statuses(): ReadonlyMap<Hex, ReplayedStatus>;
  agency(code: string): AgencyState | undefined;
  agencies(): ReadonlyMap<string, AgencyState>;
}

/** Begins with an empty ledger. Memory grows by some 50 bytes a record, and by an object for each batch and each status. */
export function createReplay(input: ReplayInput): Replay {
  const { keccak } = input;
  const register = createAgencyRegister();
  const batches = createBatchLedger(register, keccak);
  const statuses = createStatusLedger(register, batches, keccak);
  const journals = createJournals(input);
  const isLate = createOrderCheck();
  let events = 0;
  let first: Divergence | undefined;

  function take(log: RawLog, blockTime: number): Finding | undefined {
    const event = decoded(log);
    if ("code" in event) return event;
    const foreign = journals.foreign(event, log.address);
    if (foreign !== undefined) return foreign;
    const { blockNumber, blockHash, transactionHash: transaction, logIndex } = log;
    const place = { blockNumber, blockTime, blockHash, transaction, logIndex };
    const fault =
      event.name === "Anchored"
        ? batches.apply(event, place)
        : event.name === "StatusSet"
          ? statuses.apply(event, place)
          : register.apply(event);
    if (fault !== undefined) return fault;
    journals.extend(event, blockTime);
    events++;
    return undefined;
  }

  return {
    apply(log, blockTime) {
      if (first !== undefined) return first;
      const finding = isLate(log) ?? take(log, blockTime);
      const where = { block: log.blockNumber, logIndex: log.logIndex, transaction: log.transactionHash };
      first = finding && divergenceAt(finding, where);
      return first;
    },
    heads: () => journals.heads(),
    counts: () => ({
      events,
      batches: batches.records.batches().length,
      records: batches.records.count,
      statusChanges: statuses.changes,
      agencies: register.all().size,
    }),
    batch: (root) => batches.get(root),
    batches: () => batches.records.batches(),
    digestsOf: (index) => batches.records.digestsOf(index),
    record: (agency, kind, digest) => batches.find(agency, kind, digest),
    status: (leaf) => statuses.all().get(leaf),
    statuses: () => statuses.all(),
    agency: (code) => register.get(code),
    agencies: () => register.all(),
  };
}

/** The heads of both journals. */
function createJournals({ chainId, keccak, ...input }: ReplayInput) {
  const addresses = { ledger: input.ledger.toLowerCase(), agencies: input.agencies.toLowerCase() };
  const heads = {
    ledger: journalSeed(chainId, addresses.ledger, keccak),
    agencies: journalSeed(chainId, addresses.agencies, keccak),
  };
  return {
    heads: () => ({ ledger: to0x(heads.ledger), agencies: to0x(heads.agencies) }),
    extend(event: LedgerEvent, blockTime: number): void {
      const contract = contractOf(event);
      heads[contract] = extend(heads[contract], journalEntry(event, blockTime, keccak), keccak);
    },
    foreign(event: LedgerEvent, address: string): Finding | undefined {
      const wanted = addresses[contractOf(event)];
      if (address.toLowerCase() === wanted) return undefined;
      return { code: "FOREIGN_LOG", expected: `${event.name} from ${wanted}`, found: address };
    },
  };
}

function contractOf(event: LedgerEvent): "ledger" | "agencies" {
  return event.name === "Anchored" || event.name === "StatusSet" ? "ledger" : "agencies";
}

/** Remembers the newest log that came in its turn. */
function createOrderCheck(): (log: RawLog) => Finding | undefined {
  let block = -1;
  let logIndex = -1;
  return (log) => {
    if (log.blockNumber < block || (log.blockNumber === block && log.logIndex <= logIndex)) {
      const expected = `a log after block ${block}, log ${logIndex}`;
      return { code: "OUT_OF_ORDER", expected, found: `block ${log.blockNumber}, log ${log.logIndex}` };
    }
    block = log.blockNumber;
    logIndex = log.logIndex;
    return undefined;
  };
}

function decoded(log: RawLog): LedgerEvent | Finding {
  try {
    return decodeLog(log);
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    return { code: "MALFORMED_LOG", expected: "an event of the contracts", found: error.message };
  }
}
