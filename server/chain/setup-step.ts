import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";

export type SetupAccount = "deployer" | "registrar";

/** The last phase without which nothing at all can be written. */
export const FOUNDATION_PHASE = 2;

/** One thing that must be true of the chain, how to make it so, and how to see that it is. */
export interface SetupStep {
  /** names what it is about; a later step of this name takes its place */
  readonly step: string;
  /** begins when every step before it with a lower phase is done */
  readonly phase: number;
  readonly from: SetupAccount;
  /** null: creates a contract */
  readonly to: Hex | null;
  readonly data: Hex;
  readonly probe: Probe;
}

export type Probe =
  /** there is code at this address */
  | { readonly address: Hex }
  /** a call of `to` with `data` answers `expect`, beginning at word `word` */
  | { readonly to: Hex; readonly data: Hex; readonly word: number; readonly expect: Hex };

/** Reads a step as this program wrote it into the outbox. */
export function parseStep(payload: string | null): SetupStep {
  const step: unknown = payload === null ? null : JSON.parse(payload);
  if (!isStep(step)) throw new HufuError("INVARIANT", "an order of the outbox is no step of the setup");
  return step;
}

function isStep(value: unknown): value is SetupStep {
  const keys = ["step", "phase", "from", "to", "data", "probe"];
  return typeof value === "object" && value !== null && keys.every((key) => key in value);
}
