import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { hexData } from "./quantity.ts";
import { resultOf, type RpcAnswer, type RpcCall } from "./rpc.ts";
import { blockTag, ethCall } from "./slots.ts";

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

/** Asks the chain whether a step is done, as of `block`. */
export function probeCall(probe: Probe, block: number | "latest" = "latest"): RpcCall {
  if ("address" in probe) return { method: "eth_getCode", params: [probe.address, blockTag(block)] };
  return ethCall(probe.to, probe.data, block);
}

/** What the answer to {@link probeCall} says. */
export function isTrue(probe: Probe, answer: RpcAnswer | undefined): boolean {
  // A call of a contract that is not there yet may fail: then nothing of it is true yet.
  if (answer?.ok !== true && !("address" in probe)) return false;
  const result: Hex = hexData(resultOf(answer, "a probe of the setup"), "what a probe answers");
  if ("address" in probe) return result !== "0x";
  const begin = 2 + probe.word * 64;
  return result.slice(begin, begin + probe.expect.length - 2) === probe.expect.slice(2);
}
