import { faultsError, type Fault } from "../error.ts";
import type { JsonValue } from "../json/parse.ts";
import type { Kind } from "../kinds/kind.ts";
import { crossFieldFaults } from "./rules.ts";
import { readMembers, type Reading } from "./members.ts";

/**
 * What an agency says in a record: fields of its kind's schema, in its order, each as the schema wants it. Absent
 * fields are absent, never null.
 */
export type Content = Readonly<Record<string, JsonValue>>;

export interface ContentContext {
  /** unified social credit code of the agency that posts the record */
  readonly agency: string;
  /** RFC 6901 pointer of the content in what was read: faults are named from there; "" if left out */
  readonly pointer?: string;
}

/** More are not told. */
const MAX_FAULTS = 500;

/**
 * Reads content against its kind's schema and the rules between fields. An optional field that is null counts as
 * absent. Throws INVALID_RECORD with every fault at once; what the law frowns upon but the schema allows is no fault
 * (see warnings.ts).
 */
export function parseContent(kind: Kind, value: unknown, { agency, pointer = "" }: ContentContext): Content {
  const reading: Reading = { owner: kind.kind, faults: [] };
  const content = readMembers(kind.fields, value, pointer, reading) ?? {};
  const given = typeof value === "object" && value !== null ? value : {};
  const between = crossFieldFaults(kind, content, {
    agency,
    isGiven: (name) => Object.hasOwn(given, name) && (Reflect.get(given, name) ?? null) !== null,
  });
  const faults: Fault[] = [
    ...reading.faults,
    ...between.map((fault) => ({ ...fault, pointer: pointer + fault.pointer })),
  ];
  if (faults.length > 0) throw faultsError("INVALID_RECORD", faults.slice(0, MAX_FAULTS));
  return content;
}
