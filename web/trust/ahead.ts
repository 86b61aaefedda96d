import { bytesToHex } from "../../core/bytes.ts";
import { recoverSealer, type Recover, type SignatureTools } from "../../core/proofs/signature.ts";
import { sealsOfChanges } from "../../core/trust/seals-of-changes.ts";
import { readable } from "./offer.ts";

/** Who made the seals of a trust bundle, found out in pieces: a bundle has room for tens of thousands, at half a millisecond each. */
export interface SealsAhead {
  /** with what was found out: to follow a bundle after `recover` takes next to no time */
  readonly tools: SignatureTools;
  /** Finds out who made the seals of what may be a bundle, and lets the page do something else in between. What is none takes no time. */
  recover(bundle: unknown): Promise<void>;
}

export interface SealsAheadDeps extends SignatureTools {
  /** resolves when the page has done what was waiting */
  readonly pause: () => Promise<void>;
}

/** Some 30 ms in plain JavaScript. */
export const SEALS_AT_ONCE = 50;

/** Two of the largest bundles; some 50 MB. */
const MAX_KNOWN = 80_000;

export function createSealsAhead({ keccak, recover, pause }: SealsAheadDeps): SealsAhead {
  const known = new Map<string, ReturnType<Recover>>();
  const tools: SignatureTools = {
    keccak,
    recover(hash, signature, recovery) {
      const key = `${bytesToHex(hash)}${bytesToHex(signature)}${String(recovery)}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const found = recover(hash, signature, recovery);
      known.set(key, found);
      return found;
    },
  };
  return {
    tools,
    async recover(value) {
      const bundle = readable(value);
      if (bundle === undefined) return;
      if (known.size > MAX_KNOWN) known.clear();
      let count = 0;
      for (const seals of sealsOfChanges(bundle, keccak))
        for (const { hash, seal } of seals) {
          recoverSealer(hash, seal, tools);
          if (++count % SEALS_AT_ONCE === 0) await pause();
        }
    },
  };
}
