import type { Certificate } from "../../core/certificate/certificate.ts";
import { hideDisclosures } from "../../core/certificate/hide.ts";
import { HufuError } from "../../core/error.ts";
import { nobleHasher } from "../../core/hash.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";

/**
 * The certificate without these fields: NAME hides the value and its public view, NAME.public the view alone, file/0 the first file that was
 * entered. Throws INVALID_REQUEST for a name that the certificate does not show: whoever mistypes one must not hand on what they meant to hide.
 */
export function hideFields(certificate: Certificate, names: readonly string[], kinds: KindRegistry): Certificate {
  const { header, disclosures } = certificate.record;
  const kind = kinds.byName(header.kind, header.schemaVersion);
  if (kind === undefined)
    throw new HufuError("INVALID_REQUEST", `Nothing can be hidden of a kind that is not known here: ${header.kind}.`);
  const shown = new Set(disclosures.map(([, name]) => name));
  const notShown = names.filter((name) => meant(name).every((one) => !shown.has(one)));
  if (notShown.length > 0) {
    const all = shown.size === 0 ? "nothing" : [...shown].join(", ");
    throw new HufuError(
      "INVALID_REQUEST",
      `The certificate does not show ${notShown.join(", ")}, so nothing was hidden; it shows ${all}.`,
    );
  }
  const hidden = new Set(names.flatMap(meant));
  return hideDisclosures(certificate, hidden, { kind, hasher: nobleHasher(header.algorithm) });
}

/** The disclosures that a field's name stands for. */
function meant(name: string): readonly string[] {
  return [name, `${name}.public`];
}
