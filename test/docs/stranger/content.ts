import type { CertifiedRecord } from "./certificate.ts";
import { canonical, type Json } from "./json.ts";
import { isPerson, publicView } from "./public-view.ts";
import { commitment, digestOf, disclosureNames, schemaHash } from "./record.ts";
import type { Schema } from "./schema.ts";
import { leafOf, rootFrom } from "./tree.ts";
import { follows } from "./values.ts";

/** Steps 1 to 4 of the page that the record does not pass; empty where it is what its batch holds. */
export function recordFaults(record: CertifiedRecord, schema: Schema): string[] {
  const { header, digest, batch } = record;
  const commitments = commitmentsOf(record, schema);
  const steps: Readonly<Record<string, boolean>> = {
    disclosures: commitments !== undefined,
    schema: schemaHash(header.algorithm, schema) === header.schemaHash && isAsSchemaSays(record, schema),
    digest: commitments !== undefined && digestOf(header.algorithm, header, commitments) === digest,
    path: rootFrom(leafOf(header.agency, schema.id, digest), batch.path) === batch.root,
  };
  return Object.keys(steps).filter((step) => steps[step] !== true);
}

/** One for each disclosure of the fields; undefined where what is shown does not fit what is hidden. */
function commitmentsOf({ header, commitments, disclosures }: CertifiedRecord, schema: Schema): string[] | undefined {
  const names = disclosureNames(schema);
  const shown = new Map(disclosures.map((one) => [one[1], commitment(header.algorithm, one)]));
  const files = new Map(header.files.map((file, i) => [`file/${i}`, file]));
  const isOnce = shown.size === disclosures.length;
  const areKnown = [...shown].every(([name, made]) => names.includes(name) || files.get(name) === made);
  const arePlaced = names.every((name, i) => (commitments[i] === null) === shown.has(name));
  if (commitments.length !== names.length || !isOnce || !areKnown || !arePlaced) return undefined;
  return names.map((name, i) => commitments[i] ?? shown.get(name) ?? "");
}

function isAsSchemaSays({ disclosures }: CertifiedRecord, schema: Schema): boolean {
  const shown = new Map(disclosures.map(([, name, value]): [string, Json] => [name, value]));
  const content = Object.fromEntries(shown);
  const isTold = schema.fields.every(({ name }) => !["counterpartType", "parties"].includes(name) || shown.has(name));
  const persons = isTold ? [isPerson(content)] : [false, true];
  return schema.fields.every((field) => {
    const [whole, view] = [shown.get(field.name), shown.get(`${field.name}.public`)];
    if (whole !== undefined && !follows(field, whole)) return false;
    if (whole === undefined || view === undefined) return true;
    return persons.some((person) => canonical(publicView(field, whole, person)) === canonical(view));
  });
}
