import type { CertifiedRecord } from "../../core/certificate/certificate.ts";
import { certifyRecord } from "../../core/certificate/issue.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { fileDisclosureName, isPublicFile } from "../../core/record/file.ts";
import { isPerson, publicDisclosureNames } from "../../core/record/publicity.ts";
import type { RecordRow } from "../store/records.ts";
import { findStanding } from "../store/standing.ts";
import { batchOf, type AnchoredRecord } from "./anchored.ts";
import { hiddenBecause, type PublicityDeps } from "./publicity.ts";
import { contentOf, filesOf, kindOf, notariseStored } from "./stored.ts";
import type { Audience } from "./view.ts";

export interface CertifiedDeps extends PublicityDeps {
  readonly keccak: Keccak;
}

/**
 * An anchored record as a certificate shows it: with every disclosure for its agency, with the public ones for everybody, with none while the law
 * hides its content. null once it is erased.
 */
export async function certified(
  anchored: AnchoredRecord,
  audience: Audience,
  deps: CertifiedDeps,
): Promise<CertifiedRecord | null> {
  const record = notariseStored(anchored.row, deps.kinds);
  if (record === null) return null;
  const all = record.disclosures.map(([, name]) => name);
  const show = audience === "agency" ? new Set(all) : await publicNames(anchored.row, deps);
  return certifyRecord(record, show, await batchOf(anchored, deps));
}

/** The names of the disclosures that the public may see today. */
async function publicNames(row: RecordRow, deps: CertifiedDeps): Promise<ReadonlySet<string>> {
  const kind = kindOf(row, deps.kinds);
  const content = contentOf(row);
  const hidden = await hiddenBecause(row, await findStanding(deps.db, row), deps);
  if (content === null || hidden !== null) return new Set();
  const person = isPerson(kind, content);
  const files = filesOf(row).flatMap((file, index) => (isPublicFile(file, person) ? [fileDisclosureName(index)] : []));
  return new Set([...publicDisclosureNames(kind, person), ...files]);
}
