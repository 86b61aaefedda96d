import type { Certificate } from "../certificate/certificate.ts";
import { HufuError, type FaultCode } from "../error.ts";
import type { Hasher } from "../hash.ts";
import { canonicalJson } from "../json/canonical.ts";
import type { Kind } from "../kinds/kind.ts";
import { schemaHash } from "../kinds/registry.ts";
import { parseContent } from "../record/content.ts";
import { isPerson, publicView } from "../record/publicity.ts";
import { check, type Check } from "./checks.ts";
import { shownWhole, shownViews } from "./shown.ts";

/** Faults that a record with hidden fields may seem to have, though nothing that is shown is wrong. */
const ofHiddenFields: readonly FaultCode[] = [
  "MISSING_FIELD",
  "REQUIRED_HERE",
  "FORBIDDEN_HERE",
  "DATES_REVERSED",
  "NOT_POSTING_AGENCY",
  "SUM_MISMATCH",
  "NUMBERING",
  "TOO_FEW",
  "VERSION_NOT_NEXT",
];

/** The header's schema is the known one of this kind and version, and each field that is shown follows it. */
export function checkSchema(certificate: Certificate, kind: Kind | undefined, hasher: Hasher): Check {
  const { header } = certificate;
  if (kind === undefined) return check("schema", "ERROR", "SCHEMA_UNKNOWN", { kind: header.kind });
  const params = { kind: kind.kind, zh: kind.zh, version: kind.version };
  if (schemaHash(kind, hasher) !== header.schemaHash) return check("schema", "INVALID", "SCHEMA_DIFFERS", params);
  const invalid = invalidField(certificate, kind) ?? falseView(certificate, kind);
  if (invalid !== undefined) return check("schema", "INVALID", "FIELD_INVALID", { name: invalid });
  return check("schema", "VALID", "SCHEMA_MATCHES", params);
}

/** The first field shown as a whole that breaks the schema. */
function invalidField(certificate: Certificate, kind: Kind): string | undefined {
  try {
    parseContent(kind, shownWhole(certificate), { agency: certificate.header.agency });
    return undefined;
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    const fault = error.faults.find(({ code, pointer }) => pointer !== "" && !ofHiddenFields.includes(code));
    return fault?.pointer.split("/")[1];
  }
}

/** The first public view that is not the view of the whole value shown beside it. */
function falseView(certificate: Certificate, kind: Kind): string | undefined {
  const whole = shownWhole(certificate);
  const views = shownViews(certificate);
  const person = isPerson(kind, whole);
  const field = kind.fields.find(({ name }) => {
    const [value, view] = [whole[name], views[name]];
    if (value === undefined || view === undefined) return false;
    const wanted = kind.fields.find((other) => other.name === name);
    return wanted !== undefined && canonicalJson(publicView(wanted, value, person)) !== canonicalJson(view);
  });
  return field?.name;
}
