import { HufuError } from "../../core/error.ts";
import type { JsonObject, JsonValue } from "../../core/json/parse.ts";
import { listedSigners } from "../../core/proofs/clique.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import type { BlockHeader } from "../../core/proofs/header.ts";
import { parseQbftExtra } from "../../core/proofs/qbft-extra.ts";
import { epochIn, ORDINARY_EPOCH, periodIn, settingsOf } from "../../core/trust/genesis-config.ts";

/**
 * How the chain of a header agrees on its blocks, as the header shows; epoch and period, which no header shows, are the genesis file's where it is
 * known, else those that were known before. Throws INVALID_REQUEST where nothing says them.
 */
export function consensusOf(header: BlockHeader, before: Consensus, config: JsonObject | null): Consensus {
  const type = consensusTypeOf(header);
  if (type === "development") {
    if (before.type === "development") return before;
    throw new HufuError(
      "INVALID_REQUEST",
      "The node's blocks carry no seals of validators, so that its chain is a development chain; the bundle of --from is of another.",
    );
  }
  const settings = config === null ? undefined : settingsOf(config, type);
  const known = before.type === type ? before : undefined;
  const epoch = settings === undefined ? known?.epoch : numberOf(epochIn(settings));
  if (type === "qbft") return { type, epoch: epoch ?? ORDINARY_EPOCH };
  const period = namedPeriod(config) ?? (known?.type === "clique" ? known.period : undefined);
  if (period === undefined)
    throw new HufuError("INVALID_REQUEST", "Name the genesis file (--genesis): nothing else says the chain's period.");
  return { type, epoch: epoch ?? ORDINARY_EPOCH, period };
}

/** Seconds: the period that a genesis file's `config` names for Clique. */
export function namedPeriod(config: JsonObject | null): number | undefined {
  const settings = config === null ? undefined : settingsOf(config, "clique");
  return settings && numberOf(periodIn(settings));
}

/** Which consensus a header is of: one that nobody sealed is a development chain's. */
export function consensusTypeOf(header: BlockHeader): Consensus["type"] {
  if (header.difficulty === 1n && isReadable(() => parseQbftExtra(header.extraData))) return "qbft";
  const isSealed = header.difficulty === 1n || header.difficulty === 2n;
  // A genesis block is sealed by nobody: a Clique one lists its signers.
  const lists = (): boolean => isReadable(() => listedSigners(header)) && listedSigners(header).length > 0;
  if (header.number === 0 ? lists() : isSealed && isReadable(() => listedSigners(header))) return "clique";
  return "development";
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof HufuError && error.code === "INVALID_PROOF") return false;
    throw error;
  }
}

function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}
