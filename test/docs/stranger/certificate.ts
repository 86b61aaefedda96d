import type { Algorithm } from "./hash.ts";
import { canonical, type Json, type JsonObject } from "./json.ts";
import { isPerson, publicView } from "./public-view.ts";
import { commitment, digestOf, disclosureNames, schemaHash, type Disclosure } from "./record.ts";
import type { Schema } from "./schema.ts";
import { leafOf, rootFrom } from "./tree.ts";

/** As the page describes it; the members that prove something. */
export interface Certificate {
  readonly header: {
    readonly algorithm: Algorithm;
    readonly kind: string;
    readonly schemaVersion: number;
    readonly schemaHash: string;
    readonly agency: string;
    readonly files: readonly string[];
  } & JsonObject;
  readonly commitments: readonly string[];
  readonly disclosures: readonly Disclosure[];
  readonly digest: string;
  readonly batch: { readonly agency: string; readonly kind: number; readonly root: string; readonly path: string[] };
}

/** The page's steps that the certificate does not pass; empty where it proves what it says. */
export function failures(certificate: Certificate, schema: Schema): string[] {
  const { header, commitments, digest, batch } = certificate;
  const steps: Readonly<Record<string, boolean>> = {
    disclosures: areDisclosed(certificate, schema),
    schema: schemaHash(header.algorithm, schema) === header.schemaHash && areViews(certificate, schema),
    digest: digestOf(header.algorithm, header, commitments) === digest,
    agency: header.agency === batch.agency,
    kind: schema.id === batch.kind && schema.kind === header.kind && schema.version === header.schemaVersion,
    path: rootFrom(leafOf(batch.agency, batch.kind, digest), batch.path) === batch.root,
  };
  return Object.keys(steps).filter((step) => steps[step] !== true);
}

function areDisclosed({ header, commitments, disclosures }: Certificate, schema: Schema): boolean {
  const names = disclosureNames(schema);
  const places = new Map(names.map((name, i) => [name, commitments[i]]));
  header.files.forEach((file, i) => places.set(`file/${i}`, file));
  const isOnce = new Set(disclosures.map(([, name]) => name)).size === disclosures.length;
  const match = disclosures.every((one) => commitment(header.algorithm, one) === places.get(one[1]));
  return commitments.length === names.length && isOnce && match;
}

/** Whether each public view is that of the whole value, where both are shown. */
function areViews({ disclosures }: Certificate, schema: Schema): boolean {
  const shown = new Map(disclosures.map(([, name, value]): [string, Json] => [name, value]));
  const person = isPerson(Object.fromEntries(shown));
  return schema.fields.every((field) => {
    const [whole, view] = [shown.get(field.name), shown.get(`${field.name}.public`)];
    if (whole === undefined || view === undefined) return true;
    return canonical(publicView(field, whole, person)) === canonical(view);
  });
}
