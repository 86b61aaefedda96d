import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createNetwork, type Network } from "../../scripts/network/network.ts";
import { openAccounts } from "../../server/chain/accounts.ts";
import { freePort, npmStart, type Run } from "../start/gateway-process.ts";
import { createClient, type Client } from "./client.ts";

/** Four validators, and a gateway on the first of them. */
export interface World {
  readonly network: Network;
  readonly client: Client;
  readonly gatewayUrl: string;
  /** of the gateway */
  readonly database: string;
  /** for what a test writes */
  readonly folder: string;
  /** All that the gateway printed. */
  log(): string;
  /** Ends the gateway, as an operator would, and all validators, and removes what they wrote. */
  end(): Promise<void>;
}

/** Seconds in which an attempt to anchor counts. */
export const ATTEMPT_SECONDS = 10;

/** What a gateway may take to finish what is under way; one that takes longer is killed. */
const DRAIN_MS = 60_000;

export async function startWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "hufu-network-"));
  const data = join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  const accounts = openAccounts({ data, password: null });
  const paying = [accounts.deployer, accounts.registrar, accounts.admin, ...accounts.relayers];
  const network = await createNetwork({
    folder: join(folder, "chain"),
    validators: 4,
    funded: paying.map(({ address }) => address),
    say: (line) => console.error(`    ${line}`),
  });
  const port = await freePort();
  const env = { HUFU_DATA: data, PORT: port, HUFU_ATTEMPT_SECONDS: String(ATTEMPT_SECONDS), HUFU_LOG_LEVEL: "warn" };
  const gateway: { run?: Run } = {};
  const end = async (): Promise<void> => {
    const { run } = gateway;
    const isRunning = run?.child.exitCode === null && run.child.signalCode === null;
    try {
      if (isRunning) run.signal("SIGTERM");
      await Promise.race([run?.ended, sleep(DRAIN_MS, undefined, { ref: false })]);
      if (run?.child.exitCode === null && run.child.signalCode === null) run.signal("SIGKILL");
    } finally {
      await network.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  };
  // Validators are processes of their own, and would outlive a test that somebody interrupts.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void end().finally(() => process.exit(130)));
  try {
    await network.start();
    gateway.run = npmStart(env, ["--rpc", network.url(1)]);
    await gateway.run.until(/Hufu is ready/, 180);
  } catch (error) {
    await end();
    throw error;
  }
  const { run } = gateway;
  const gatewayUrl = `http://127.0.0.1:${port}`;
  return {
    ...{ network, gatewayUrl, folder, database: join(data, "hufu.db"), client: createClient(gatewayUrl, data) },
    ...{ log: () => run.output(), end },
  };
}
