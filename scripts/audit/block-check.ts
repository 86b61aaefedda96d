import type { Hex } from "../../core/bytes.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import type { RawLog } from "../../core/ledger/events.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import { validatorsAt } from "../../core/proofs/validator-sets.ts";
import type { ValidatorHistory } from "../../core/proofs/validators.ts";
import type { Checkpoint } from "../../core/trust/bundle.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { checkpointFault } from "./checkpoints.ts";
import { forked } from "./fault.ts";
import { found } from "./found.ts";
import type { HeaderFacts } from "./headers/facts.ts";
import type { HeaderPool } from "./headers/pool.ts";
import { readChain } from "./headers/read.ts";
import type { ConfirmBlocks } from "./log-stream.ts";
import { otherValidators } from "./other-validators.ts";
import { notSealed } from "./report.ts";

/** Who may seal, as far as the trust file knows. */
export interface KnownSealers {
  readonly consensus: Consensus;
  readonly validators: ValidatorHistory;
  /** the block up to which the trust file knows the validators */
  readonly publishedAt: number;
}

export interface BlockCheckInput extends KnownSealers {
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  readonly pool: HeaderPool;
  readonly checkpoints: readonly Checkpoint[];
}

/**
 * Confirms every block that logs are told of: its header hashes to the hash that the logs name, is no other than a checkpoint's, and is sealed by the
 * validators of its height; its time is the header's. Throws NODE_OMITS_BLOCKS, NODE_FORKED, TRUST_TOO_OLD, and what {@link found} makes of a header that is not sealed.
 */
export function createBlockCheck({ rpc, keccak, pool, checkpoints, ...known }: BlockCheckInput): ConfirmBlocks {
  return async (logs) => {
    const hashes = hashesOf(logs);
    if (hashes.size === 0) return new Map();
    const headers = await readChain(rpc, [...hashes.keys()], keccak);
    for (const { number, hash } of headers) {
      const told = hashes.get(number);
      if (told !== undefined && told !== hash) throw forked(number, hash, told);
      checkCheckpoint({ number, hash }, checkpoints);
    }
    const facts = await pool.facts(headers.map(({ raw }) => raw));
    for (const each of facts) checkSeal(each, known);
    return new Map(facts.map(({ number, time }) => [number, time]));
  };
}

/** Throws what {@link found} makes of a block that is another than the trust file's checkpoint. */
export function checkCheckpoint(
  block: { readonly number: number; readonly hash: Hex },
  checkpoints: readonly Checkpoint[],
): void {
  const differs = checkpointFault(block, checkpoints);
  if (differs !== undefined) throw found(differs);
}

/** The hash of each block, of which every log has to tell the same. */
function hashesOf(logs: readonly RawLog[]): ReadonlyMap<number, string> {
  const hashes = new Map<number, string>();
  for (const { blockNumber, blockHash } of logs) {
    const before = hashes.get(blockNumber) ?? blockHash;
    if (before !== blockHash) throw forked(blockNumber, before, blockHash);
    hashes.set(blockNumber, blockHash);
  }
  return hashes;
}

/** Whether those sealed the block who were validators then. Under Clique one signer is proven; the majority is, on top of the audited block. */
export function checkSeal(facts: HeaderFacts, { consensus, validators, publishedAt }: KnownSealers): void {
  const { number, fault, listed, signers } = facts;
  if (consensus.type === "development" || number === 0) return;
  if (fault !== null) throw found(notSealed(number, fault.code, fault.message));
  const known = validatorsAt(validators.sets, number);
  const strangers = (consensus.type === "qbft" ? (listed ?? []) : signers).filter((one) => !known.includes(one));
  const isOther = strangers.length > 0 || (consensus.type === "qbft" && listed?.length !== known.length);
  if (!isOther) return;
  throw found(
    otherValidators(number, publishedAt, notSealed(number, "VALIDATORS_DIFFER", `it names ${list(strangers)}`)),
  );
}

function list(strangers: readonly Hex[]): string {
  return strangers.length === 0 ? "fewer validators than there were" : strangers.join(" ");
}
