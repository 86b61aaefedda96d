import type { CertifiedRecord } from "../certificate/certificate.ts";
import type { JsonValue } from "../json/parse.ts";
import type { Kind } from "../kinds/kind.ts";
import { isPerson, publicDisclosureNames, withheldFieldNames } from "../record/publicity.ts";

export type Shown = Readonly<Record<string, JsonValue>>;

const viewSuffix = ".public";

/** The fields that are shown as a whole, absent ones (null) left out. */
export function shownWhole({ disclosures }: CertifiedRecord): Shown {
  return collect(disclosures, (name) => (name.endsWith(viewSuffix) || name.startsWith("file/") ? undefined : name));
}

/** The public views that are shown, by their field's name, absent ones left out. */
export function shownViews({ disclosures }: CertifiedRecord): Shown {
  return collect(disclosures, (name) => (name.endsWith(viewSuffix) ? name.slice(0, -viewSuffix.length) : undefined));
}

/** The files that are shown, by their disclosures' names (`file/1` is the second that was entered): their names, media types, sizes and hashes. */
export function shownFiles({ disclosures }: CertifiedRecord): Shown {
  const files = disclosures.filter(([, name]) => name.startsWith("file/"));
  return Object.fromEntries(files.map(([, name, value]) => [name, value]));
}

/** What the holder of a certificate left out, by field, in the order of the schema. */
export interface Hidden {
  /** fields that the public may see: the holder left them out, or publication was over when the gateway made it */
  readonly byHolder: readonly string[];
  /** fields that the law withholds from the public, and that are not shown */
  readonly byLaw: readonly string[];
}

/**
 * Whether the counterpart is a person is read from what is shown; where that is hidden too, the record is taken to be about an
 * organisation, so that nothing which might be public goes unnamed.
 */
export function hiddenFields(record: CertifiedRecord, kind: Kind): Hidden {
  const shown = new Set(record.disclosures.map(([, name]) => name));
  const whole = shownWhole(record);
  const person = isPerson(kind, { ...shownViews(record), ...whole });
  const isShown = (field: string): boolean => shown.has(field) || shown.has(`${field}${viewSuffix}`);
  const base = (name: string): string => (name.endsWith(viewSuffix) ? name.slice(0, -viewSuffix.length) : name);
  return {
    byHolder: publicDisclosureNames(kind, person)
      .map(base)
      .filter((field) => !isShown(field)),
    byLaw: withheldFieldNames(kind, person).filter((field) => !isShown(field)),
  };
}

function collect(disclosures: CertifiedRecord["disclosures"], keyOf: (name: string) => string | undefined): Shown {
  const entries = disclosures.flatMap(([, name, value]): [string, JsonValue][] => {
    const key = keyOf(name);
    return key === undefined || value === null ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}
