import { bytesToHex, concatBytes, utf8 } from "../bytes.ts";
import { shake256, type Hasher, type Xof } from "../hash.ts";
import { canonicalJson } from "../json/canonical.ts";
import type { JsonValue } from "../json/parse.ts";
import type { Field, Kind } from "../kinds/kind.ts";
import type { Content } from "./content.ts";
import { fileDisclosureName, type FileEntry } from "./file.ts";
import { isMaskable, isPerson, publicView } from "./publicity.ts";

/**
 * One thing that a record says, and the 16 secret bytes (32 hexadecimal digits) that keep its commitment from being
 * guessed.
 */
export type Disclosure = readonly [salt: string, name: string, value: JsonValue];

interface Slot {
  readonly name: string;
  readonly field: Field;
  /** whether it stands for what the public sees of a field that can be masked */
  readonly isPublicView: boolean;
}

const slotsByKind = new WeakMap<Kind, readonly Slot[]>();

/**
 * What each commitment stands for: every field in schema order, and its public view right after it where it can be
 * masked.
 */
function slotsOf(kind: Kind): readonly Slot[] {
  const known = slotsByKind.get(kind);
  if (known) return known;
  const slots = kind.fields.flatMap((field): Slot[] => {
    const whole = { name: field.name, field, isPublicView: false };
    return isMaskable(field) ? [whole, { name: `${field.name}.public`, field, isPublicView: true }] : [whole];
  });
  slotsByKind.set(kind, slots);
  return slots;
}

/**
 * The names of a record's disclosures, in the order of its commitments: NAME, or NAME and NAME.public of a field that
 * can be masked.
 */
export function disclosureNames(kind: Kind): readonly string[] {
  return slotsOf(kind).map(({ name }) => name);
}

const saltDomain = utf8("hufu.salts.v1\n");

/**
 * `count` salts of 32 hexadecimal digits from one call of SHAKE-256 on the record's seed (32 secret bytes): fields
 * first, then files.
 */
export function deriveSalts(seed: Uint8Array, count: number, xof: Xof = shake256): string[] {
  const hex = bytesToHex(xof(concatBytes(saltDomain, seed), 16 * count));
  return Array.from({ length: count }, (_, i) => hex.slice(32 * i, 32 * i + 32));
}

/** All disclosures of a record: every field, present or not (null), then its files. */
export function discloseAll(
  kind: Kind,
  content: Content,
  files: readonly FileEntry[],
  salts: readonly string[],
): readonly Disclosure[] {
  const slots = slotsOf(kind);
  const person = isPerson(kind, content);
  const salt = (index: number): string => salts[index] ?? "";
  const fields = slots.map(({ name, field, isPublicView }, i): Disclosure => {
    const value = content[field.name] ?? null;
    return [salt(i), name, isPublicView ? publicView(field, value, person) : value];
  });
  const ofFiles = files.map(({ name, mediaType, size, sha256 }, i): Disclosure => {
    return [salt(slots.length + i), fileDisclosureName(i), { name, mediaType, size, sha256 }];
  });
  return [...fields, ...ofFiles];
}

/** 64 hexadecimal digits: the hash of the disclosure's RFC 8785 text. */
export function commitmentOf([salt, name, value]: Disclosure, hasher: Hasher): string {
  // canonicalJson of the three, without walking a list for each of a record's forty commitments
  const text = `[${JSON.stringify(salt)},${JSON.stringify(name)},${canonicalJson(value)}]`;
  return hasher.hash("hufu.disclosure.v1", text);
}
