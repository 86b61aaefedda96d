import type { TrustState } from "../trust/anchor.ts";
import type { TrustBundle } from "../trust/bundle.ts";

/** What is believed before anything is checked: a trust bundle whose validators were followed, and how it came here. */
export interface Trusted {
  readonly bundle: TrustBundle;
  readonly state: TrustState;
  /** `gateway`: fetched from the gateway just now. `holder`: published out of band, or pinned before. */
  readonly broughtBy: "gateway" | "holder";
}
