import type { Rpc } from "../../server/chain/rpc.ts";
import type { Progress } from "./progress.ts";
import type { MakeDurable } from "./state/append-log.ts";
import type { Trust } from "./trust.ts";

export interface AuditInput {
  readonly rpc: Rpc;
  readonly trust: Trust;
  readonly progress: Progress;
  /** milliseconds; only differences are used */
  readonly clock: () => number;
  /** when the report says that it was made */
  readonly now: () => Date;
  /** last block; the newest one unless given */
  readonly to?: number;
  /** whether every header is read, from the genesis block on */
  readonly allHeaders?: boolean;
  /** threads that look at headers; none: it is done in between */
  readonly workers?: number;
  /** folder in which what was fetched is kept */
  readonly state?: string;
  /** how files in it are written; tests make it fail */
  readonly durable?: MakeDurable;
  /** ends the audit; its reason is the error that is reported */
  readonly signal?: AbortSignal;
  /** base address of a gateway whose records are compared */
  readonly gateway?: string;
  /** milliseconds between the attempts to find a record of the gateway as the chain has it */
  readonly gatewayPatience?: readonly number[];
  /** SQLite file of a gateway whose rows are compared */
  readonly database?: string;
}
