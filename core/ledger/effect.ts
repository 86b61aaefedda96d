/** What is true of a record. The ledger has nothing finer: reason, legal basis and date stand in the status decision. */
export type Effect = "IN_FORCE" | "ANNOTATED" | "ENDED" | "SUPERSEDED" | "WITHDRAWN";

/** By code on the chain, less one: code 0 (NONE) means "never set" and is read as IN_FORCE. */
export const effects: readonly Effect[] = ["IN_FORCE", "ANNOTATED", "ENDED", "SUPERSEDED", "WITHDRAWN"];

/** The code on the chain, 1 to 5. */
export function effectCode(effect: Effect): number {
  return effects.indexOf(effect) + 1;
}

/** The effect with this code; undefined for NONE and for what the contract does not know. */
export function effectOf(code: number): Effect | undefined {
  return effects[code - 1];
}

/** A record never leaves a terminal effect. */
export function isTerminal(effect: Effect): boolean {
  return effect === "SUPERSEDED" || effect === "WITHDRAWN";
}

/** Whether the set of effects that an overseer may set (bit e stands for code e) has this one. */
export function effectAllowed(bits: number, effect: Effect): boolean {
  return (bits & (1 << effectCode(effect))) !== 0;
}
