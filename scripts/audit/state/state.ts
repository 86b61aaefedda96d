import { join } from "node:path";
import { addressesIn, type Trust } from "../trust.ts";
import { openAppendLog, type About, type AppendLog, type MakeDurable } from "./append-log.ts";
import { createRangeLog, type RangeLog } from "./range-log.ts";

/** What an audit keeps in a folder, so that another run goes on where this one ended, however it ended. */
export interface AuditState {
  readonly ranges: RangeLog;
  /** positions among the headers, newest last */
  readonly headers: AppendLog;
  close(): Promise<void>;
}

/** Throws STATE_OF_ANOTHER for a folder that is about another ledger, trust file or first block; STATE_FAILED. */
export async function openState(
  folder: string,
  trust: Trust,
  from: number,
  durable?: MakeDurable,
): Promise<AuditState> {
  const about: About = {
    format: "hufu-audit-state",
    version: 1,
    chainId: trust.chainId,
    genesis: trust.genesis.hash,
    ledger: addressesIn(trust).ledger,
    trust: trust.fingerprint.sha256,
    from,
  };
  const logs = await openAppendLog(join(folder, "events"), { ...about, holds: "events" }, durable);
  try {
    const headers = await openAppendLog(join(folder, "headers"), { ...about, holds: "headers" }, durable);
    const close = async (): Promise<void> => {
      await Promise.all([logs.close(), headers.close()]);
    };
    return { ranges: await createRangeLog(logs, from), headers, close };
  } catch (error) {
    await logs.close();
    throw error;
  }
}
