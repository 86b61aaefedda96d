import { to0x } from "../bytes.ts";
import type { Certificate } from "../certificate/certificate.ts";
import { blockHashOf, type Consensus } from "../proofs/consensus.ts";
import { proofFaultOf } from "../proofs/fault.ts";
import type { BlockHeader } from "../proofs/header.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { check, type Check } from "./checks.ts";
import type { Trusted } from "./trusted.ts";

/** Whether the ledger is the one that the bundle is about. */
export function isLedgerOf({ bundle }: Trusted, { chainId, genesisHash, address }: Certificate["ledger"]): boolean {
  const { ledger } = bundle.contracts;
  return chainId === bundle.chainId && genesisHash === bundle.genesis.hash && address === ledger.address;
}

/** The ledger is the one of the trust bundle: chain, genesis, address and code; and no checkpoint says otherwise. */
export function checkTrust(
  { ledger, proof }: Certificate,
  header: BlockHeader | Check,
  trusted: Trusted | undefined,
  keccak: Keccak,
): Check {
  if (trusted === undefined) return check("trust", "ERROR", "NO_TRUST_BUNDLE");
  const { contracts, checkpoints, consensus } = trusted.bundle;
  if (!isLedgerOf(trusted, ledger)) return check("trust", "INVALID", "OTHER_LEDGER");
  if (proof.account.codeHash !== contracts.ledger.codeHash) return check("trust", "INVALID", "CODE_DIFFERS");
  if (!("outcome" in header)) {
    const checkpoint = checkpoints.find(({ blockNumber }) => blockNumber === header.number);
    if (checkpoint !== undefined && checkpoint.blockHash !== hashOf(header, consensus, keccak))
      return check("trust", "INVALID", "CHECKPOINT_DIFFERS", { block: header.number });
  }
  return check("trust", "VALID", "TRUST_MATCHES");
}

/** undefined: the header is none of this consensus, which its seals' own check says too. */
function hashOf(header: BlockHeader, consensus: Consensus, keccak: Keccak): string | undefined {
  try {
    return to0x(blockHashOf(header, consensus, keccak));
  } catch (error) {
    proofFaultOf(error);
    return undefined;
  }
}
