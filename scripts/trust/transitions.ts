import { base64ToBytes, bytesToBase64 } from "../../core/base64.ts";
import { to0x } from "../../core/bytes.ts";
import { blockHashOf, type Consensus } from "../../core/proofs/consensus.ts";
import { parseHeader, type BlockHeader } from "../../core/proofs/header.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import { validatorsAt } from "../../core/proofs/validator-sets.ts";
import type { Override } from "../../core/proofs/validators.ts";
import type { TrustState } from "../../core/trust/anchor.ts";
import type { TrustBundle, TrustedTransition } from "../../core/trust/bundle.ts";
import { findChanges } from "../../server/chain/changes.ts";
import { readHeaders } from "../../server/chain/header.ts";
import { streamHeaders } from "../../server/chain/header-stream.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { firstValidators, readChange, unsettledBlocks } from "../../server/chain/transition.ts";

export interface TransitionsInput extends SignatureTools {
  readonly rpc: Rpc;
  readonly consensus: Exclude<Consensus, { type: "development" }>;
  readonly overrides: readonly Override[];
  /** a bundle whose validators were followed */
  readonly before: TrustBundle;
  readonly state: TrustState;
  /** the node's */
  readonly genesis: BlockHeader;
  /** the newest block */
  readonly head: number;
  /** hears how many headers of how many were read */
  readonly tell: (done: number, all: number) => void;
}

/**
 * Every change of validators up to the head: those of the bundle, where they are on the node's chain, and what the headers after them show; else
 * what all headers show.
 */
export async function readTransitions(input: TransitionsInput): Promise<TrustedTransition[]> {
  const { before, state, consensus, head } = input;
  const known = (await areOnChain(input)) ? before.transitions : [];
  const decided = known.reduce((last, { votes }) => Math.max(last, numberOf(votes.at(-1) ?? "")), -1);
  // The votes of a whole epoch may still count.
  const from = known.length === 0 ? 0 : decided + 1 - ((decided + 1) % consensus.epoch);
  const last = consensus.type === "qbft" ? head : head - unsettledBlocks(consensus, state.validators.length);
  const changes = await findChanges({
    ...input,
    headers: counted(input, from, last),
    validators: from === 0 ? firstValidators(input.genesis, consensus) : validatorsAt(state.sets, from),
  });
  // Under QBFT the header after the deciding one has to be there.
  const fresh = changes.filter(
    (change) => change.decided > decided && (consensus.type !== "qbft" || change.decided < head),
  );
  const found: TrustedTransition[] = [];
  for (const change of fresh) found.push(await readChange(change, input));
  return [...known, ...found];
}

async function* counted({ rpc, keccak, tell }: TransitionsInput, from: number, to: number) {
  let done = 0;
  for await (const headers of streamHeaders(rpc, keccak, from, to)) {
    yield headers;
    done += headers.length;
    tell(done, to - from + 1);
  }
}

/** Whether the node's chain goes through the deciding headers, and those after them. */
async function areOnChain({ rpc, keccak, before, genesis, consensus, head }: TransitionsInput): Promise<boolean> {
  if (before.consensus.type !== consensus.type || before.genesis.header !== bytesToBase64(genesis.raw)) return false;
  const headers = before.transitions
    .flatMap(({ votes, next }) => [...votes.slice(-1), ...(next === null ? [] : [next])])
    .map((text) => parseHeader(base64ToBytes(text)));
  if (headers.some(({ number }) => number > head)) return false;
  const own =
    headers.length === 0
      ? []
      : await readHeaders(
          rpc,
          headers.map(({ number }) => number),
          keccak,
        );
  return headers.every((header, index) => own[index]?.hash === to0x(blockHashOf(header, consensus, keccak)));
}

function numberOf(header: string): number {
  return parseHeader(base64ToBytes(header)).number;
}
