import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { startGateway, type Gateway } from "../demo/gateway.ts";
import type { Run } from "../demo/run-to-end.ts";
import { startBlockClock, type BlockClock } from "./block-clock.ts";
import type { BenchAgency } from "./district.ts";
import { openGatewayRecords, type GatewayRecords } from "./gateway-records.ts";

/** The whole product as its user starts it, with what a bench reads beside. */
export interface BenchGateway {
  readonly url: string;
  readonly rpc: string;
  readonly records: GatewayRecords;
  readonly clock: BlockClock;
  keyOf(agency: string): string;
  end(): Promise<void>;
}

/** Settings of a gateway, once it is known in which data folder it will work. */
export type SettingsFor = (data: string) => Promise<Record<string, string>>;

/** A gateway with these agencies, on a folder of its own; on a chain of its own unless its settings name one. With `run` it ends when that does. */
export async function startBenchGateway(
  agencies: readonly BenchAgency[],
  settingsFor: SettingsFor = () => Promise.resolve({}),
  run?: Run,
): Promise<BenchGateway> {
  const folder = mkdtempSync(join(tmpdir(), "hufu-bench-"));
  run?.atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "agencies.json");
  writeFileSync(file, JSON.stringify({ agencies, oversight: [] }));
  const data = join(folder, "data");
  const gateway = await started().catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  async function started(): Promise<Gateway> {
    return startGateway(data, { HUFU_AGENCIES: file, ...(await settingsFor(data)) }, run && { run });
  }
  const keys = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(data, "agency-keys.json"), "utf8")));
  const records = openGatewayRecords(data);
  const clock = await startBlockClock(gateway.rpc);
  return {
    url: gateway.url,
    rpc: gateway.rpc,
    records,
    clock,
    keyOf: (agency) => keys[agency] ?? "",
    async end() {
      await clock.stop();
      records.close();
      await gateway.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
