import type { Hex } from "../../../core/bytes.ts";
import type { Keccak } from "../../../core/ledger/keccak.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import type { LogRange } from "../log-range.ts";
import type { AuditDivergence } from "../report.ts";
import type { Explanation } from "./explain-block.ts";
import type { Heads, Step } from "./head-trail.ts";

export interface PinpointInput {
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  readonly addresses: { readonly ledger: Hex; readonly agencies: Hex };
  /** the first is before the first event, and beyond doubt; then as far as was replayed */
  readonly steps: readonly Step[];
  /** the node's logs of these blocks, once more */
  readonly logs: (from: number, to: number) => AsyncGenerator<LogRange, void, undefined>;
  /** the last block that may be looked at: that of `because` */
  readonly to: number;
  /** what showed that the logs are not the chain's */
  readonly because: AuditDivergence;
  /** whether the node's logs are all there are by the proven heads of both journals: what differs */
  readonly compareProven: () => Promise<AuditDivergence | undefined>;
}

export type Contract = keyof Heads;

/** The first block whose logs are not the chain's, and what is wrong with them. */
export interface FalseBlock {
  readonly contract: Contract;
  readonly block: number;
  readonly explanation: Explanation;
  /** how many logs of the contract the node told of */
  readonly told: number;
}
