import { HufuError, type Fault } from "../error.ts";

/** Everything that can be wrong with a proof: of an account or slot, of a header's seals, of how validators changed. */
export type ProofFaultCode =
  // RLP
  | "RLP_TRUNCATED"
  | "RLP_NOT_CANONICAL"
  | "RLP_TRAILING"
  // nodes of a trie
  | "NODE_ROOT_DIFFERS"
  | "NODE_DIFFERS"
  | "NODE_MALFORMED"
  | "PROOF_TOO_SHORT"
  | "PROOF_TOO_LONG"
  | "PROOF_OF_ANOTHER_KEY"
  // what the trie holds
  | "ACCOUNT_ABSENT"
  | "ACCOUNT_DIFFERS"
  | "SLOT_ABSENT"
  | "SLOT_DIFFERS"
  // headers
  | "HEADER_MALFORMED"
  | "HEADER_NOT_QBFT"
  | "HEADER_NOT_CLIQUE"
  | "EXTRA_MALFORMED"
  | "BLOCK_HASH_DIFFERS"
  | "BLOCK_HASH_KEEPS_ROUND"
  // seals
  | "SEAL_MALFORMED"
  | "SEAL_OF_STRANGER"
  | "SEAL_TWICE"
  | "SEALS_TOO_FEW"
  | "WRONG_ROUND"
  | "PROPOSER_UNKNOWN"
  | "VALIDATORS_UNSORTED"
  | "VALIDATORS_DIFFER"
  // a chain of Clique headers
  | "CHAIN_BROKEN"
  | "SIGNED_TOO_RECENTLY"
  | "TURN_DIFFERS"
  | "ENDORSED_TOO_LITTLE"
  // how validators changed
  | "VOTE_MISSING"
  | "VOTE_DIFFERS"
  | "VOTE_TWICE"
  | "VOTE_OF_STRANGER"
  | "VOTE_SPENT"
  | "VOTES_TOO_FEW"
  | "VOTES_ACROSS_EPOCHS"
  | "TRANSITION_BROKEN"
  // a trust bundle
  | "GENESIS_DIFFERS"
  | "CONSENSUS_DIFFERS"
  | "UNSUPPORTED_CONSENSUS";

/** A fault of a proof. It has no place: a proof is wrong as a whole. */
export interface ProofFault {
  readonly code: ProofFaultCode;
  readonly message: string;
  readonly params: NonNullable<Fault["params"]>;
}

/** INVALID_PROOF with one fault. `message` is English and says what was found. */
export function proofError(code: ProofFaultCode, message: string, params?: Fault["params"]): HufuError {
  const fault = { code, pointer: "", message, ...(params !== undefined && { params }) };
  return new HufuError("INVALID_PROOF", message, { faults: [fault] });
}

/** The fault of a proof that was refused. Throws `error` again where it is anything else. */
export function proofFaultOf(error: unknown): ProofFault {
  const fault = error instanceof HufuError && error.code === "INVALID_PROOF" ? error.faults[0] : undefined;
  if (fault === undefined) throw error;
  const code = fault.code as ProofFaultCode; // as: proofError alone makes INVALID_PROOF
  return { code, message: fault.message, params: fault.params ?? {} };
}
