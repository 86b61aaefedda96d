import type { CertifiedRecord } from "../certificate/certificate.ts";
import { HufuError, type FaultCode } from "../error.ts";
import type { Hasher } from "../hash.ts";
import { canonicalJson } from "../json/canonical.ts";
import type { Kind } from "../kinds/kind.ts";
import { schemaHash } from "../kinds/registry.ts";
import { parseContent } from "../record/content.ts";
import { isPerson, publicView } from "../record/publicity.ts";
import { check, type Check } from "./checks.ts";
import { shownWhole } from "./shown.ts";

/** Faults of a field that is not there: the holder may have hidden it. */
const ofAbsentFields: readonly FaultCode[] = ["MISSING_FIELD", "REQUIRED_HERE"];

/** The header's schema is the known one of this kind and version, and each field that is shown follows it. */
export function checkSchema(record: CertifiedRecord, kind: Kind | undefined, hasher: Hasher): Check {
  const { header } = record;
  if (kind === undefined) return check("schema", "ERROR", "SCHEMA_UNKNOWN", { kind: header.kind });
  const params = { kind: kind.kind, zh: kind.zh, version: kind.version };
  if (schemaHash(kind, hasher) !== header.schemaHash) return check("schema", "INVALID", "SCHEMA_DIFFERS", params);
  const invalid = invalidField(record, kind) ?? falseView(record, kind);
  if (invalid !== undefined) return check("schema", "INVALID", "FIELD_INVALID", { name: invalid });
  return check("schema", "VALID", "SCHEMA_MATCHES", params);
}

/** The first field that breaks the schema, or a rule between fields that are shown. */
function invalidField(record: CertifiedRecord, kind: Kind): string | undefined {
  try {
    parseContent(kind, shownWhole(record), { agency: record.header.agency });
    return undefined;
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    const shown = new Set(record.disclosures.map((item) => item[1]));
    const faults = error.faults.map(({ code, pointer }) => ({ code, name: pointer.split("/")[1] ?? "" }));
    return faults.find(({ code, name }) => shown.has(name) || !ofAbsentFields.includes(code))?.name;
  }
}

/** The first public view that is not the view of the whole value shown beside it; null, which is absent, has a view too. */
function falseView(record: CertifiedRecord, kind: Kind): string | undefined {
  const shown = new Map(record.disclosures.map(([, name, value]) => [name, value]));
  const whole = shownWhole(record);
  // Of a counterpart whose type is hidden, either view may be the right one.
  const persons = whole["counterpartType"] === undefined ? [false, true] : [isPerson(kind, whole)];
  return kind.fields.find((field) => {
    const [value, view] = [shown.get(field.name), shown.get(`${field.name}.public`)];
    if (value === undefined || view === undefined) return false;
    return !persons.some((person) => canonicalJson(publicView(field, value, person)) === canonicalJson(view));
  })?.name;
}
