import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  /** Ends the gateway, as an operator would, and all validators. */
  stop(): Promise<void>;
  remove(): void;
}

/** Seconds in which an attempt to anchor counts. */
export const ATTEMPT_SECONDS = 10;

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
  const stop = async (): Promise<void> => {
    const { run } = gateway;
    if (run?.child.exitCode === null && run.child.signalCode === null) run.signal("SIGTERM");
    await run?.ended;
    await network.kill();
  };
  try {
    await network.start();
    gateway.run = npmStart(env, ["--rpc", network.url(1)]);
    await gateway.run.until(/Hufu is ready/, 180);
  } catch (error) {
    await stop();
    throw error;
  }
  const { run } = gateway;
  const gatewayUrl = `http://127.0.0.1:${port}`;
  return {
    ...{ network, gatewayUrl, folder, database: join(data, "hufu.db"), client: createClient(gatewayUrl, data) },
    ...{ log: () => run.output(), stop, remove: () => rmSync(folder, { recursive: true, force: true }) },
  };
}
