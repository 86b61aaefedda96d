import { hashText, shake256, type Algorithm } from "./hash.ts";
import { canonical, type Json, type JsonObject } from "./json.ts";
import { canBeMasked, isPerson, publicView } from "./public-view.ts";
import type { Schema } from "./schema.ts";

export type Disclosure = readonly [salt: string, name: string, value: Json];

export interface File {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
}

export interface Input {
  readonly schema: Schema;
  readonly algorithm: Algorithm;
  readonly agency: string;
  readonly recordId: string;
  readonly amends: string | null;
  readonly content: JsonObject;
  readonly files: readonly File[];
  /** 32 bytes */
  readonly seed: Uint8Array;
}

export interface Notarised {
  readonly header: JsonObject;
  readonly disclosures: readonly Disclosure[];
  readonly commitments: readonly string[];
  readonly digest: string;
}

export function schemaHash(algorithm: Algorithm, schema: Json): string {
  return hashText(algorithm, "hufu.schema.v1", canonical(schema));
}

/** The names of the disclosures of the fields, in their order. */
export function disclosureNames(schema: Schema): string[] {
  return schema.fields.flatMap((field) => (canBeMasked(field) ? [field.name, `${field.name}.public`] : [field.name]));
}

export function salts(seed: Uint8Array, count: number): string[] {
  const bytes = shake256(Buffer.concat([Buffer.from("hufu.salts.v1\n"), seed]), 16 * count);
  return Array.from({ length: count }, (_, i) => bytes.subarray(16 * i, 16 * i + 16).toString("hex"));
}

export function commitment(algorithm: Algorithm, disclosure: Disclosure): string {
  return hashText(algorithm, "hufu.disclosure.v1", canonical(disclosure));
}

export function digestOf(algorithm: Algorithm, header: JsonObject, commitments: readonly string[]): string {
  return hashText(algorithm, "hufu.record.v1", canonical({ commitments, header }));
}

/** From content and seed to the digest, with all steps. */
export function notarise(input: Input): Notarised {
  const { schema, algorithm, agency, recordId, amends, files, seed } = input;
  const values = [...valuesOf(input), ...files.map(fileValue)];
  const salted = salts(seed, values.length);
  const disclosures = values.map(([name, value], i): Disclosure => [salted[i] ?? "", name, value]);
  const all = disclosures.map((disclosure) => commitment(algorithm, disclosure));
  const commitments = all.slice(0, all.length - files.length);
  const header: JsonObject = {
    format: 1,
    algorithm,
    kind: schema.kind,
    schemaVersion: schema.version,
    schemaHash: schemaHash(algorithm, schema),
    agency,
    recordId,
    amends,
    files: all.slice(commitments.length),
  };
  return { header, disclosures, commitments, digest: digestOf(algorithm, header, commitments) };
}

function valuesOf({ schema, content }: Input): [name: string, value: Json][] {
  const person = isPerson(content);
  return schema.fields.flatMap((field) => {
    const value = content[field.name] ?? null;
    const whole: [string, Json] = [field.name, value];
    return canBeMasked(field) ? [whole, [`${field.name}.public`, publicView(field, value, person)]] : [whole];
  });
}

function fileValue({ name, mediaType, size, sha256 }: File, index: number): [name: string, value: Json] {
  return [`file/${index}`, { name, mediaType, size, sha256 }];
}
