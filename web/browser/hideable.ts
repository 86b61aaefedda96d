import type { Certificate } from "../../core/certificate/certificate.ts";
import { isObject, textOf } from "../../core/json/shape.ts";
import type { Hideable } from "../desk.ts";

const viewSuffix = ".public";

/** What a holder can leave out: everything that is shown and says something, in the certificate's order. */
export function hideableOf({ record }: Certificate): readonly Hideable[] {
  const shown = record.disclosures.filter(([, , value]) => value !== null);
  const names = new Set(shown.map(([, name]) => name));
  return shown.map(([, name, value]): Hideable => {
    if (name.startsWith("file/"))
      return { name, field: null, isPublicView: false, text: isObject(value) ? textOf(value["name"]) : null };
    const field = name.endsWith(viewSuffix) ? name.slice(0, -viewSuffix.length) : name;
    return { name, field, isPublicView: field !== name && names.has(field), text: null };
  });
}
