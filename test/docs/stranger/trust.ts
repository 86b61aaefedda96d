import type { Bundle } from "./bundle.ts";
import type { Certificate, SealedBlock } from "./certificate.ts";
import { hexOf, readHeader } from "./header.ts";
import { areInConflict, blockHash, sealedBy, type Sealed, type Trusted } from "./seals.ts";
import type { Finding } from "./verdict.ts";

const meanings: Readonly<Record<Exclude<Sealed, "sealed">, Finding>> = {
  "not sealed": ["altered", "seals"],
  former: ["could not be checked", "renew the proof"],
  unknown: ["could not be checked", "get a newer bundle"],
};

/** Steps 10 and 11. `seen`: blocks that were met before. */
export function trustFindings(
  { ledger, proof }: Certificate,
  trusted: Trusted | undefined,
  seen: readonly SealedBlock[],
): Finding[] {
  if (trusted === undefined) return [["could not be checked", "get a bundle"]];
  const { bundle } = trusted;
  const { chainId, genesis, contracts } = bundle;
  const isOfChain = ledger.chainId === chainId && ledger.genesisHash === genesis.hash;
  if (!isOfChain || ledger.address !== contracts.ledger.address) return [["not in this ledger", "trust"]];
  const sealed = outcome(proof.block, trusted);
  const findings: Finding[] = sealed === "sealed" ? [] : [meanings[sealed]];
  if (proof.account.codeHash !== contracts.ledger.codeHash || isAgainstCheckpoint(proof.block, bundle))
    findings.push(["altered", "trust"]);
  const others = seen.filter((one) => outcome(one, trusted) === "sealed");
  if (sealed === "sealed" && others.some((one) => areInConflict(one, proof.block, bundle)))
    findings.push(["could not be checked", "two blocks of one number"]);
  return findings;
}

function outcome(block: SealedBlock, trusted: Trusted): Sealed {
  try {
    return sealedBy(block, trusted);
  } catch {
    return "not sealed";
  }
}

function isAgainstCheckpoint({ header: raw }: SealedBlock, bundle: Bundle): boolean {
  try {
    const header = readHeader(raw);
    const hash = hexOf(blockHash(header, bundle));
    return bundle.checkpoints.some((one) => one.blockNumber === header.number && one.blockHash !== hash);
  } catch {
    return false;
  }
}
