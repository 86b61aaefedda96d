import type { Hasher } from "../hash.ts";
import type { Kind } from "../kinds/kind.ts";
import { commitmentOf, disclosureNames } from "../record/disclosure.ts";
import type { Certificate } from "./certificate.ts";

/**
 * The same certificate without the disclosures of these names: each leaves its commitment at its place, so the verdict names what is
 * hidden. Names that are not shown are passed over: whoever takes them from a person says so first.
 */
export function hideDisclosures(
  certificate: Certificate,
  names: ReadonlySet<string>,
  { kind, hasher }: { readonly kind: Kind; readonly hasher: Hasher },
): Certificate {
  const { disclosures, commitments } = certificate.record;
  const hidden = new Map(
    disclosures.filter(([, name]) => names.has(name)).map((item) => [item[1], commitmentOf(item, hasher)]),
  );
  const order = disclosureNames(kind);
  const record = {
    ...certificate.record,
    commitments: commitments.map((commitment, index) => commitment ?? hidden.get(order[index] ?? "") ?? null),
    disclosures: disclosures.filter(([, name]) => !hidden.has(name)),
  };
  return { ...certificate, record };
}
