import type { Hex } from "../bytes.ts";
import type { Effect } from "../ledger/effect.ts";
import type { NamedAgency } from "./verdict.ts";

/** What somebody said of the ledger. Instants are ISO UTC. */
export interface ChainAnswer {
  /** `node`: read from a node by the caller itself. `gateway`: a gateway said so, which is no check. */
  readonly read: "node" | "gateway";
  /** the ledger that was asked; left out where the caller has made sure that it is the certificate's */
  readonly ledger?: { readonly chainId: number; readonly genesisHash: Hex; readonly address: Hex };
  readonly asOf: { readonly blockNumber: number; readonly blockTime: string };
  /** batchOf(root); null where the ledger has none */
  readonly batch: {
    readonly agency: string;
    readonly kind: number;
    readonly count: number;
    readonly blockTime: string;
  } | null;
  /** statusOf(leaf); null where it was never set */
  readonly status: {
    readonly effect: Effect;
    readonly version: number;
    readonly blockTime: string;
    /** the first 24 bytes of keccak256(basis), 48 hex digits, where the caller read them */
    readonly basisHash?: string;
    /** why it is so, where the caller holds the decision that the ledger names; what a certificate says of it is anybody's word */
    readonly decision?: {
      readonly reason: string | null;
      readonly decisionDate: string | null;
      readonly actor: NamedAgency | null;
      readonly successor: string | null;
    };
  } | null;
  /** the agency's name in the register, where the caller read it */
  readonly agencyName?: string | null;
}

/** The caller asked, and got no answer. */
export type Unreachable = "unreachable";
