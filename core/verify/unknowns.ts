import type { Verdict } from "./verdict.ts";

/** What a verdict cannot know. Each has a sentence in every language. */
export interface Unknown {
  readonly code:
    "AFTER" | "BEFORE_ANCHORING" | "AGENCY_SIGNATURE" | "WORD_OF_NODE" | "WORD_OF_GATEWAY" | "REST_OF_CONTENT";
  readonly params?: Readonly<Record<string, string | number>>;
}

/** What this verdict does not know. `isWhole`: nothing of the record's content was left out. */
export function unknownsOf({ code, asOf, toldBy }: Verdict, isWhole: boolean): Unknown[] {
  if (code === "altered" || code === "unreachable") return [];
  const unknowns: Unknown[] = [];
  if (asOf !== null) unknowns.push({ code: "AFTER", params: { block: asOf.blockNumber, instant: asOf.blockTime } });
  if (code === "unknown") return unknowns;
  unknowns.push({ code: "BEFORE_ANCHORING" }, { code: "AGENCY_SIGNATURE" });
  if (toldBy === "node") unknowns.push({ code: "WORD_OF_NODE" });
  if (toldBy === "gateway") unknowns.push({ code: "WORD_OF_GATEWAY" });
  if (!isWhole) unknowns.push({ code: "REST_OF_CONTENT" });
  return unknowns;
}
