/** Whether the public sees a value, a masked view of it, or nothing. */
export type Visibility = "public" | "masked" | "withheld";

interface Named {
  readonly name: string;
  readonly zh: string;
  /** the code of the field in the 双公示 template */
  readonly code?: string;
  readonly required: boolean;
  readonly visibility: Visibility;
  /** holds where the counterpart is a natural person; within an item of a list, where the item is */
  readonly visibilityForPersons?: Visibility;
  /** a rule in words, for people */
  readonly note?: string;
}

/** `min`, `max`: Unicode code points. */
export interface TextField extends Named {
  readonly type: "string" | "documentNumber";
  readonly min?: number;
  readonly max: number;
}

/** Forms that carry their own rule: codes with check characters, days, digests. */
export interface PlainField extends Named {
  readonly type: "uscc" | "orgCode" | "date" | "recordRef" | "digest" | "hex32";
}

export interface BooleanField extends Named {
  readonly type: "boolean";
}

/** `zhValues` are the values' names, in the same order. */
export interface EnumField extends Named {
  readonly type: "enum";
  readonly values: readonly string[];
  readonly zhValues?: readonly string[];
}

/** `min`, `max`: items. */
export interface EnumListField extends Named {
  readonly type: "enum[]";
  readonly values: readonly string[];
  readonly zhValues?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

/** `min`, `max`: items; `itemMax`: Unicode code points of each. */
export interface TextListField extends Named {
  readonly type: "string[]";
  readonly min?: number;
  readonly max: number;
  readonly itemMax: number;
}

/** A string with at most `precision` digits, exactly `scale` of them after the point. */
export interface DecimalField extends Named {
  readonly type: "decimal";
  readonly precision: number;
  readonly scale: number;
  readonly unit?: string;
}

export interface IntegerField extends Named {
  readonly type: "integer";
  readonly min: number;
  readonly max: number;
}

/** A list of objects, each with these members; `min`, `max`: items. */
export interface ObjectListField extends Named {
  readonly type: "object[]";
  readonly fields: readonly Field[];
  readonly min?: number;
  readonly max: number;
}

export type Field =
  | TextField
  | PlainField
  | BooleanField
  | EnumField
  | EnumListField
  | TextListField
  | DecimalField
  | IntegerField
  | ObjectListField;

/** One version of a kind's schema. The order of the fields is the order of a record's commitments: it never changes. */
export interface Kind {
  /** the number on the chain, 1 to 255 */
  readonly id: number;
  readonly kind: string;
  readonly zh: string;
  readonly version: number;
  readonly fields: readonly Field[];
}
