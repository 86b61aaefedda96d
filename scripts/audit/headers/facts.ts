import { to0x, type Hex } from "../../../core/bytes.ts";
import { cliqueSigner, cliqueVote, listedSigners } from "../../../core/proofs/clique.ts";
import { blockHashOf, type Consensus } from "../../../core/proofs/consensus.ts";
import { proofFaultOf, type ProofFaultCode } from "../../../core/proofs/fault.ts";
import { parseHeader, type BlockHeader } from "../../../core/proofs/header.ts";
import { parseQbftExtra } from "../../../core/proofs/qbft-extra.ts";
import { checkQbftSeals } from "../../../core/proofs/qbft.ts";
import type { Vote } from "../../../core/proofs/vote.ts";
import type { SignatureTools } from "../../../core/proofs/signature.ts";

/** What a header says of itself, and what its seals prove. Whether these are the validators of its height is for whoever knows them. */
export interface HeaderFacts {
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  /** seconds */
  readonly time: number;
  /** Clique: 2 where it was the signer's turn, else 1 */
  readonly difficulty: bigint;
  /** QBFT: the set that the header lists, a quorum of which sealed it; Clique: what a checkpoint block lists; else null */
  readonly listed: readonly Hex[] | null;
  /** who sealed it, as far as the consensus has seals */
  readonly signers: readonly Hex[];
  /** whoever cast the vote, and for what; null where there is none */
  readonly vote: (Vote & { readonly voter: Hex }) | null;
  /** why the seals prove nothing; null where they do */
  readonly fault: { readonly code: ProofFaultCode; readonly message: string } | null;
}

/** The genesis block is sealed by nobody: its hash stands in the trust file. Throws INVALID_PROOF where `raw` is no header. */
export function factsOf(raw: Uint8Array, consensus: Consensus, tools: SignatureTools): HeaderFacts {
  const header = parseHeader(raw);
  const base = {
    number: header.number,
    hash: to0x(blockHashOf(header, consensus, tools.keccak)),
    parentHash: to0x(header.parentHash),
    time: header.timestamp,
    difficulty: header.difficulty,
    listed: null,
    signers: [],
    vote: null,
    fault: null,
  };
  if (consensus.type === "development") return base;
  try {
    return { ...base, ...(consensus.type === "qbft" ? qbftFacts(header, tools) : cliqueFacts(header, tools)) };
  } catch (error) {
    const { code, message } = proofFaultOf(error);
    return { ...base, fault: { code, message } };
  }
}

type Sealing = Pick<HeaderFacts, "listed" | "signers" | "vote">;

function qbftFacts(header: BlockHeader, tools: SignatureTools): Sealing {
  const { validators, vote } = parseQbftExtra(header.extraData);
  const signers = header.number === 0 ? [] : checkQbftSeals(header, { ...tools, validators }).signers;
  return { listed: validators, signers, vote: vote && { ...vote, voter: header.coinbase } };
}

function cliqueFacts(header: BlockHeader, tools: SignatureTools): Sealing {
  const list = listedSigners(header);
  const listed = list.length === 0 ? null : list;
  if (header.number === 0) return { listed, signers: [], vote: null };
  const signer = cliqueSigner(header, tools);
  const vote = cliqueVote(header);
  return { listed, signers: [signer], vote: vote && { ...vote, voter: signer } };
}
