import type { SignatureTools } from "../../core/proofs/signature.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import type { Memory } from "../browser/memory.ts";
import { considerOffer, reopen, type TrustHeld } from "./offer.ts";

/** The trust bundle of this browser: pinned at first use, changed only in the open. */
export interface TrustKeeper {
  /** what is believed now, and what there is to tell of it */
  held(): TrustHeld;
  /** Somebody offers a bundle, which may be anything. */
  offer(bundle: unknown, broughtBy: Trusted["broughtBy"]): void;
  /** The person has compared the fingerprint. */
  confirm(): void;
  /** The person decides for the bundle that was not taken. */
  accept(): void;
  /** The person has read the notice; of a bundle that was not taken: stays with the pinned one. */
  dismiss(): void;
  /** Back to the first use. */
  forget(): void;
}

export interface TrustKeeperDeps extends SignatureTools {
  readonly memory: Memory;
  /** a bundle that came with the verifier, from where its holder got it; undefined: none did */
  readonly builtIn: unknown;
  /** told after every change of what is held */
  readonly changed: () => void;
  /** told before another ledger's bundle counts: what was met of the old one says nothing of it */
  readonly anotherLedger: () => void;
}

const key = "hufu.trust.v1";

export function createTrustKeeper({ memory, builtIn, changed, anotherLedger, ...tools }: TrustKeeperDeps): TrustKeeper {
  let held: TrustHeld = { trusted: opened(memory, builtIn, tools), notice: null };

  function set(next: TrustHeld): void {
    const { trusted } = next;
    if (trusted !== held.trusted && trusted !== null)
      memory.write(key, { bundle: trusted.bundle, broughtBy: trusted.broughtBy });
    held = next;
    changed();
  }

  return {
    held: () => held,
    offer: (bundle, broughtBy) => set(considerOffer(held.trusted, bundle, broughtBy, tools)),
    confirm: () => set({ ...held, trusted: held.trusted && { ...held.trusted, broughtBy: "holder" } }),
    accept() {
      const { trusted, notice } = held;
      if (notice === null || !("offered" in notice)) return;
      if (trusted && ledgerOf(trusted) !== ledgerOf(notice.offered)) anotherLedger();
      set({ trusted: notice.offered, notice: null });
    },
    dismiss: () => set({ ...held, notice: null }),
    forget() {
      memory.forget(key);
      set({ trusted: opened(memory, builtIn, tools), notice: null });
    },
  };
}

function ledgerOf({ bundle: { chainId, genesis, contracts } }: Trusted): string {
  return [chainId, genesis.hash, contracts.ledger.address].join(" ");
}

/** What was pinned, unless a bundle came with the verifier of which it is no later state. */
function opened(memory: Memory, builtIn: unknown, tools: SignatureTools): Trusted | null {
  const kept = memory.read(key);
  const [bundle, broughtBy] = keptParts(kept);
  const pinned = reopen(bundle, broughtBy, tools) ?? null;
  const own = reopen(builtIn, "holder", tools);
  if (own === undefined) return pinned;
  const { trusted } = considerOffer(own, pinned?.bundle, broughtBy, tools);
  return trusted;
}

/** What may be the bundle that this browser keeps. */
export function keptBundle(memory: Memory): unknown {
  const [bundle] = keptParts(memory.read(key));
  return bundle;
}

function keptParts(kept: unknown): readonly [bundle: unknown, broughtBy: Trusted["broughtBy"]] {
  if (typeof kept !== "object" || kept === null) return [undefined, "gateway"];
  return [Reflect.get(kept, "bundle"), Reflect.get(kept, "broughtBy") === "holder" ? "holder" : "gateway"];
}
