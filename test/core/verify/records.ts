import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nobleHasher } from "../../../core/hash.ts";
import { parseJson, type JsonObject } from "../../../core/json/parse.ts";
import type { Kind } from "../../../core/kinds/kind.ts";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { notarise, type NotarisedRecord } from "../../../core/record/digest.ts";
import type { FileEntry } from "../../../core/record/file.ts";
import { publicDisclosureNames } from "../../../core/record/publicity.ts";
import { kindNamed } from "../samples.ts";
import { market } from "./chain.ts";

export const penaltyKind: Kind = kindNamed("credit-penalty");
export const number = "深坪示市监罚〔2026〕101号";
export const publicNames = [...publicDisclosureNames(penaltyKind, false), "file/0"];

const scan: FileEntry = { name: "决定书.pdf", mediaType: "application/pdf", size: 3, sha256: "ab".repeat(32) };

export interface Changed {
  /** digest of the record that it amends */
  readonly amends?: string | null;
  /** fills the seed */
  readonly seed?: number;
  readonly agency?: string;
  readonly files?: readonly FileEntry[];
}

function example(name: string): JsonObject {
  const file = join(import.meta.dirname, "../../../docs/examples", name);
  return parseJson(readFileSync(file, "utf8")) as JsonObject; // as: the project's own file
}

/** What the project's example penalty says. */
export function penaltyContent(): JsonObject {
  return (example("credit-penalty.json") as { content: JsonObject }).content; // as: the project's own file
}

/** The project's example penalty; `other` replaces fields. */
export function penalty(
  other: JsonObject = {},
  { amends = null, seed = 7, agency = market, files = [scan] }: Changed = {},
): NotarisedRecord {
  return notarise({
    ...{ kind: penaltyKind, agency, recordId: "CP-2026-1001", amends, files },
    content: { ...penaltyContent(), ...other },
    seed: new Uint8Array(32).fill(seed),
    hasher: nobleHasher("sha-256"),
  });
}

/** The project's example of a repair, about `target`; `other` replaces fields. */
export function decision(
  target: string,
  other: JsonObject = {},
  agency = market,
  amends: string | null = null,
): NotarisedRecord {
  const content = { ...example("credit-repair.json"), target, decidingAuthorityUscc: agency, ...other };
  return notarise({
    ...{ kind: kindNamed("status-decision"), agency, recordId: "SD-2026-0001", amends, files: [], content },
    seed: new Uint8Array(32).fill(9),
    hasher: nobleHasher("sha-256"),
  });
}

/** What anybody may see of a record of a built-in kind. */
export function publicNamesOf({ header }: NotarisedRecord): string[] {
  const kind = builtInKinds.byName(header.kind);
  if (kind === undefined) throw new Error(`${header.kind} is no built-in kind`);
  return [...publicDisclosureNames(kind, false), ...header.files.map((_, index) => `file/${index}`)];
}
