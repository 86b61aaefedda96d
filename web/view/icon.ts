import type { Outcome } from "../../core/verify/checks.ts";
import type { VerdictCode } from "../../core/verify/verdict.ts";
import { html, type Html } from "./html.ts";

/** Five looks for ten verdicts; the word beside the icon tells them apart, colour alone never does. */
export type Look = "good" | "note" | "past" | "bad" | "open";

export const lookOf: Readonly<Record<VerdictCode, Look>> = {
  "in-force": "good",
  annotated: "note",
  ended: "past",
  superseded: "past",
  withdrawn: "bad",
  accepted: "note",
  unknown: "open",
  altered: "bad",
  stale: "note",
  unreachable: "open",
};

const tick = html`<path d="M14 25l7 7 14-15" />`;
const cross = html`<path d="M16 16l16 16M32 16L16 32" />`;
const query = html`<path d="M18 19c0-8 13-8 13 0 0 5-7 5-7 10M24 35v.5" />`;
const clock = html`<path d="M24 14v11l7 5" />`;
const flag = html`<path d="M18 36V13h14l-4 5.500 4 5.500H18" />`;
const bar = html`<path d="M15 24h18" />`;
const next = html`<path d="M14 24h19M26 16l8 8-8 8" />`;

const drawings: Readonly<Record<VerdictCode, Html>> = {
  "in-force": tick,
  annotated: flag,
  ended: bar,
  superseded: next,
  withdrawn: cross,
  accepted: clock,
  unknown: query,
  altered: cross,
  stale: clock,
  unreachable: query,
};

const outcomes: Readonly<Record<Outcome, Html>> = { VALID: tick, INVALID: cross, ERROR: query, SKIPPED: bar };

function drawing(path: Html): Html {
  return html`<svg class="icon" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
    <circle cx="24" cy="24" r="21" />
    ${path}
  </svg>`;
}

export const verdictIcon = (verdict: VerdictCode): Html => drawing(drawings[verdict]);
export const outcomeIcon = (outcome: Outcome): Html => drawing(outcomes[outcome]);
