import { HufuError } from "../error.ts";
import type { Hasher } from "../hash.ts";
import { canonicalJson } from "../json/canonical.ts";
import { toJsonValue } from "../json/parse.ts";
import creditPenalty from "./credit-penalty.json" with { type: "json" };
import enforcementAction from "./enforcement-action.json" with { type: "json" };
import type { Kind } from "./kind.ts";
import landAgreement from "./land-agreement.json" with { type: "json" };
import { parseKind } from "./parse.ts";
import statusDecision from "./status-decision.json" with { type: "json" };

/**
 * The kinds of record that somebody knows, with every version: an old record is always read by the version that it
 * names.
 */
export interface KindRegistry {
  /** the newest version unless one is named */
  byName(name: string, version?: number): Kind | undefined;
  byId(id: number, version?: number): Kind | undefined;
  /** the newest version of each, by id */
  all(): readonly Kind[];
}

/** Throws INVARIANT if two kinds have the same id or name, or one kind has a version twice. */
export function createKindRegistry(kinds: readonly Kind[]): KindRegistry {
  const newestFirst = kinds.toSorted((a, b) => a.id - b.id || b.version - a.version);
  newestFirst.forEach((kind, i) => {
    const clash = newestFirst.slice(i + 1).find((other) => clashes(kind, other));
    if (clash) throw new HufuError("INVARIANT", `the kinds ${kind.kind} and ${clash.kind} clash`);
  });
  const find = (key: "id" | "kind", value: number | string, version?: number): Kind | undefined =>
    newestFirst.find((kind) => kind[key] === value && (version === undefined || kind.version === version));
  const newest = newestFirst.filter((kind) => find("id", kind.id) === kind);
  return {
    byName: (name, version) => find("kind", name, version),
    byId: (id, version) => find("id", id, version),
    all: () => newest,
  };
}

function clashes(a: Kind, b: Kind): boolean {
  return (a.id === b.id) !== (a.kind === b.kind) || (a.id === b.id && a.version === b.version);
}

/** The kinds that this version of Hufu comes with. */
export const builtInKinds: KindRegistry = createKindRegistry(
  [creditPenalty, enforcementAction, landAgreement, statusDecision].map((file) => parseKind(toJsonValue(file))),
);

const schemaHashes = new WeakMap<Kind, Map<string, string>>();

/**
 * 64 hexadecimal digits that a record's header binds: the hash of the schema's RFC 8785 text. Reckoned once for each
 * algorithm.
 */
export function schemaHash(kind: Kind, hasher: Hasher): string {
  const known = schemaHashes.get(kind) ?? new Map<string, string>();
  schemaHashes.set(kind, known);
  const hash = known.get(hasher.algorithm) ?? hasher.hash("hufu.schema.v1", canonicalJson(toJsonValue(kind)));
  known.set(hasher.algorithm, hash);
  return hash;
}

const documentNumberFields = ["decisionDocNo", "caseNo", "agreementNo"] as const;

/** The field with the number that stands on the paper; null if the kind has none. */
export function documentNumberField(kind: Kind): (typeof documentNumberFields)[number] | null {
  return documentNumberFields.find((name) => kind.fields.some((field) => field.name === name)) ?? null;
}
