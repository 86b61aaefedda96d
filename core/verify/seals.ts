import { base64ToBytes } from "../base64.ts";
import { to0x } from "../bytes.ts";
import type { Certificate, SealedBlock } from "../certificate/certificate.ts";
import { conflictOf } from "../proofs/conflict.ts";
import {
  blockHashOf,
  checkSeals as checkSealedHeader,
  type SealedHeader,
  type SealRules,
} from "../proofs/consensus.ts";
import { proofFaultOf } from "../proofs/fault.ts";
import { parseHeader, type BlockHeader } from "../proofs/header.ts";
import type { SignatureTools } from "../proofs/signature.ts";
import { check, type Check, type CheckCode } from "./checks.ts";
import { hindranceOf, newerSigners } from "./newest-set.ts";
import { otherAtHeight, type HeaderConflict, type Seen, type SeenHeader } from "./seen.ts";
import { isLedgerOf } from "./trust.ts";
import type { Trusted } from "./trusted.ts";
import type { SealedBy } from "./verdict.ts";

/** What came of checking a block's seals. */
export interface SealsFound {
  readonly check: Check;
  readonly sealed: SealedBy | null;
  /** what is to be remembered of a properly sealed header */
  readonly header: SeenHeader | null;
  readonly conflict: HeaderConflict | null;
}

/** The header of a certificate, or the check that says why it is none. */
export function headerOf({ block }: Certificate["proof"]): BlockHeader | Check {
  try {
    return parseHeader(base64ToBytes(block.header));
  } catch (error) {
    const { code, params } = proofFaultOf(error);
    return check("state-proof", "INVALID", code, params);
  }
}

/** The header is under the seals of the newest validators that the trust bundle leads to, and is the only one of its height that was met. */
export function checkSeals(
  { proof, ledger }: Certificate,
  header: BlockHeader | Check,
  trusted: Trusted | undefined,
  seen: Seen,
  tools: SignatureTools,
): SealsFound {
  if (trusted === undefined) return nothing(check("seals", "ERROR", "NO_TRUST_BUNDLE"));
  if ("outcome" in header) return nothing({ ...header, id: "seals" });
  // Another chain's seals say nothing here, and are no forgery.
  if (!isLedgerOf(trusted, ledger)) return nothing(check("seals", "SKIPPED", "OTHER_LEDGER"));
  const { bundle, state } = trusted;
  const { consensus, chainId } = bundle;
  const hindrance = hindranceOf(header, trusted);
  if (hindrance !== undefined) return nothing(check("seals", "ERROR", hindrance, { block: header.number }));
  try {
    const rules = { ...tools, consensus, chainId, validators: state.validators };
    const block = sealedHeader(proof.block);
    const { signers, of } = checkSealedHeader(block, rules);
    const sealed = { consensus: consensus.type, by: signers.length, of };
    const met = {
      chainId,
      genesisHash: bundle.genesis.hash,
      blockNumber: header.number,
      blockHash: to0x(blockHashOf(header, consensus, tools.keccak)),
      block: proof.block,
    };
    const conflict = conflictWith(seen, met, rules);
    const params = { block: header.number, by: sealed.by, of };
    const found =
      conflict === null
        ? check("seals", "VALID", sealedCodes[consensus.type], params)
        : check("seals", "ERROR", "CONFLICTING_HEADERS", params);
    return { check: found, sealed, header: met, conflict };
  } catch (error) {
    const { code, params } = proofFaultOf(error);
    const newer = consensus.type === "clique" ? newerSigners(code, header, trusted) : undefined;
    return nothing(
      newer === undefined
        ? check("seals", "INVALID", code, params)
        : check("seals", "ERROR", newer, { ...params, block: header.number }),
    );
  }
}

const sealedCodes = {
  qbft: "SEALED_BY_QUORUM",
  clique: "ENDORSED_BY_MAJORITY",
  development: "SEALED_BY_ONE",
} as const satisfies Record<SealedBy["consensus"], CheckCode>;

/**
 * The other sealed header of this height that was met before. A development chain that was killed makes its newest blocks again, others than
 * before; what is remembered and not sealed is evidence of nothing.
 */
function conflictWith(seen: Seen, met: SeenHeader, rules: SealRules): HeaderConflict | null {
  const { type: consensus } = rules.consensus;
  const other = otherAtHeight(seen, met);
  if (other === undefined || consensus === "development") return null;
  try {
    const found = conflictOf(sealedHeader(other.block), sealedHeader(met.block), rules);
    return found && { consensus, blockNumber: met.blockNumber, blocks: [other, met] };
  } catch (error) {
    proofFaultOf(error);
    return null;
  }
}

/** Throws INVALID_PROOF. */
function sealedHeader({ header, following, seal }: SealedBlock): SealedHeader {
  return {
    header: parseHeader(base64ToBytes(header)),
    following: following.map((raw) => parseHeader(base64ToBytes(raw))),
    seal: seal === null ? null : base64ToBytes(seal),
  };
}

function nothing(found: Check): SealsFound {
  return { check: found, sealed: null, header: null, conflict: null };
}
