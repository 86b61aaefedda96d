import type { Hex } from "../../../core/bytes.ts";

export interface Heads {
  readonly ledger: Hex;
  readonly agencies: Hex;
}

/** The heads as they were replayed up to a block. */
export interface Step extends Heads {
  readonly block: number;
  /** the block's; null before the first */
  readonly hash: Hex | null;
}

/** Where the replay has come past: steps enough to find a difference again, and never more than {@link longest}. */
export interface HeadTrail {
  add(step: Step): void;
  /** ascending */
  steps(): readonly Step[];
}

const longest = 1024;

/** When it is full, every other step is forgotten, and from then on only every other is remembered. */
export function createHeadTrail(): HeadTrail {
  let steps: Step[] = [];
  let stride = 1;
  let passed = 0;
  return {
    add(step) {
      if (passed++ % stride !== 0) return;
      steps.push(step);
      if (steps.length < longest) return;
      steps = steps.filter((_, index) => index % 2 === 0);
      stride *= 2;
    },
    steps: () => steps,
  };
}
