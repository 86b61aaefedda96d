import type { Kind } from "../kinds/kind.ts";
import type { Content } from "./content.ts";
import { penaltyWarnings } from "./penalty-guards.ts";
import { enforcementWarnings } from "./enforcement-guards.ts";
import { agreementWarnings, decisionWarnings } from "./agreement-guards.ts";
import type { Guard, Warning } from "./guard.ts";

export type { Warning } from "./guard.ts";

const guards: Readonly<Record<string, readonly Guard[]>> = {
  "credit-penalty": penaltyWarnings,
  "enforcement-action": enforcementWarnings,
  "land-agreement": agreementWarnings,
  "status-decision": decisionWarnings,
};

/**
 * Where the content departs from what the law asks for. A warning is told to the agency and kept with the record; it
 * never refuses one, for the law decides what a departure means. Nothing is said of guards whose facts the content does
 * not have.
 */
export function legalWarnings(kind: Kind, content: Content): Warning[] {
  return (guards[kind.kind] ?? []).flatMap((guard) => guard(content));
}
