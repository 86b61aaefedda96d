import { hexToBytes, to0x } from "../bytes.ts";
import type { Certificate } from "../certificate/certificate.ts";
import type { Kind } from "../kinds/kind.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { leafOf } from "../ledger/leaf.ts";
import { verifyPath } from "../ledger/merkle.ts";
import { check, type Check } from "./checks.ts";

/** Digest, agency and kind give the leaf, leaf and path the batch's root; the header's agency and kind are the batch's. */
export function checkPath({ header, digest, batch }: Certificate, kind: Kind | undefined, keccak: Keccak): Check {
  if (header.agency !== batch.agency) return check("path", "INVALID", "AGENCY_DIFFERS");
  if (kind === undefined) return check("path", "ERROR", "SCHEMA_UNKNOWN", { kind: header.kind });
  if (kind.id !== batch.kind) return check("path", "INVALID", "KIND_DIFFERS");
  const path = batch.path.map((sibling) => hexToBytes(sibling.slice(2)));
  const root = verifyPath(leafOf(batch.agency, batch.kind, digest, keccak), path, keccak);
  const leads = to0x(root) === batch.root;
  return check("path", leads ? "VALID" : "INVALID", leads ? "PATH_LEADS_TO_ROOT" : "PATH_LEADS_ELSEWHERE");
}
