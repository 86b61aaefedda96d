import { content } from "./content.ts";
import type { Cases } from "./case.ts";
import { genuine } from "./genuine.ts";
import { otherChains } from "./other-chains.ts";
import { seals } from "./seals.ts";
import { slots } from "./slots.ts";
import { state } from "./state.ts";
import { time } from "./time.ts";

/** Certificates that a verifier takes, and those that it must not take: not genuine, not checked, or out of date. */
export const cases: { readonly valid: Cases; readonly invalid: Cases } = {
  valid: genuine,
  invalid: { ...content, ...state, ...slots, ...seals, ...otherChains, ...time },
};
