import { to0x, type Hex } from "../../core/bytes.ts";
import type { Evidence, Proof } from "../../core/certificate/certificate.ts";
import type { Renewal } from "../../core/certificate/renew.ts";
import { HufuError } from "../../core/error.ts";
import { batchSignatureOf } from "../proofs/batch-signature.ts";
import type { Prover, SlotKeys } from "../proofs/prover.ts";
import { minedTransaction } from "../store/attempts.ts";
import type { AnchoredRecord } from "./anchored.ts";
import type { CertifiedDeps } from "./certified.ts";
import { createChainOfLinks, type Link, type SlotWords } from "./chain-of-links.ts";

export interface RenewalDeps extends CertifiedDeps {
  readonly prover: Prover;
}

/**
 * All that a certificate says beside the record itself, as of the newest block that can be proven. It shows the public part of the links and
 * nothing of the record. Throws NOT_ANCHORED, NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER.
 */
export async function renewalOf(anchored: AnchoredRecord, deps: RenewalDeps): Promise<Renewal> {
  const { links, proof } = await proveWithLinks(anchored, deps);
  return { links: links.map(({ record }) => record), proof, evidence: await evidenceOf(anchored, deps) };
}

/** The links decide which slots are proven, and the slots which links there are: nearly always the first guess is right. */
async function proveWithLinks(
  anchored: AnchoredRecord,
  deps: RenewalDeps,
): Promise<{ links: readonly Link[]; proof: Proof }> {
  const chain = createChainOfLinks(deps);
  const block = await deps.prover.newest();
  const words = new Map<Hex, SlotWords>();
  let links = await chain.from(anchored.row, words);
  for (;;) {
    const keys = [anchored, ...links.map((link) => link.anchored)].map(keysOf);
    const proof = await deps.prover.prove(keys, block);
    for (const [index, { leaf }] of keys.entries()) words.set(leaf, wordsAt(proof, index));
    if (/^0x0*$/.test(wordsAt(proof, 0).batch))
      throw new HufuError(
        "NOT_ANCHORED",
        "The record is in a block that cannot be proven yet; under Clique, a majority of the signers builds on it first. Ask again in a few seconds.",
      );
    const proven = await chain.from(anchored.row, words);
    if (isSame(links, proven)) return { links, proof };
    links = proven;
  }
}

function keysOf({ row, stage }: AnchoredRecord): SlotKeys {
  return { root: to0x(stage.root), leaf: to0x(row.leaf) };
}

function wordsAt({ slots }: Proof, index: number): SlotWords {
  const pair = slots[index];
  if (pair === undefined) throw new HufuError("INVARIANT", `the prover left out the slots of record ${index}`);
  return { batch: pair.batch.value, status: pair.status.value };
}

function isSame(one: readonly Link[], other: readonly Link[]): boolean {
  return one.length === other.length && one.every(({ record }, index) => record.digest === other[index]?.record.digest);
}

async function evidenceOf({ batchId, stage }: AnchoredRecord, { db }: RenewalDeps): Promise<Evidence> {
  const { transactionHash, blockNumber, blockHash } = stage.anchor;
  const raw = await minedTransaction(db, batchId);
  return {
    transaction: transactionHash && to0x(transactionHash),
    blockNumber,
    blockHash: to0x(blockHash),
    signature: raw === undefined ? null : batchSignatureOf(raw),
  };
}
