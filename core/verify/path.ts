import { hexToBytes, to0x } from "../bytes.ts";
import type { CertifiedRecord } from "../certificate/certificate.ts";
import type { Kind } from "../kinds/kind.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { leafOf } from "../ledger/leaf.ts";
import { verifyPath } from "../ledger/merkle.ts";
import { check, type Check } from "./checks.ts";

/** The header's agency and kind and the digest give the leaf, leaf and path the batch's root. */
export function checkPath({ header, digest, batch }: CertifiedRecord, kind: Kind | undefined, keccak: Keccak): Check {
  if (kind === undefined) return check("path", "ERROR", "SCHEMA_UNKNOWN", { kind: header.kind });
  const path = batch.path.map((sibling) => hexToBytes(sibling));
  const root = verifyPath(leafOf(header.agency, kind.id, digest, keccak), path, keccak);
  const leads = to0x(root) === batch.root;
  return check("path", leads ? "VALID" : "INVALID", leads ? "PATH_LEADS_TO_ROOT" : "PATH_LEADS_ELSEWHERE");
}
