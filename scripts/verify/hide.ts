import type { Certificate } from "../../core/certificate/certificate.ts";
import { hideDisclosures } from "../../core/certificate/hide.ts";
import { HufuError } from "../../core/error.ts";
import { nobleHasher } from "../../core/hash.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import { disclosureNames } from "../../core/record/disclosure.ts";
import { fileDisclosureName } from "../../core/record/file.ts";

/**
 * The certificate without these fields: NAME hides the value and its public view, NAME.public the view alone, file/0 the first file. Throws
 * INVALID_REQUEST for a name that there is not: whoever mistypes one must not hand on what they meant to hide.
 */
export function hideFields(certificate: Certificate, names: readonly string[], kinds: KindRegistry): Certificate {
  const { header } = certificate.record;
  const kind = kinds.byName(header.kind, header.schemaVersion);
  if (kind === undefined)
    throw new HufuError("INVALID_REQUEST", `Nothing can be hidden of a kind that is not known here: ${header.kind}.`);
  const known = new Set([...disclosureNames(kind), ...header.files.map((_, index) => fileDisclosureName(index))]);
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const fields = [...known].join(", ");
    throw new HufuError("INVALID_REQUEST", `No field is called ${unknown.join(", ")}; there are ${fields}.`);
  }
  const hidden = new Set(names.flatMap((name) => [name, `${name}.public`]));
  return hideDisclosures(certificate, hidden, { kind, hasher: nobleHasher(header.algorithm) });
}
