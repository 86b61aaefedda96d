import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { provideGeth } from "../../scripts/network/geth-binary.ts";
import { createNetwork, type Network } from "../../scripts/network/network.ts";
import { sayStatus } from "../../scripts/network/say.ts";
import { openAccounts, payersOf } from "../../server/chain/accounts.ts";
import { freePort, npmStart, type Run } from "../start/gateway-process.ts";
import { createClient, type Client } from "./client.ts";
import { endIfInterrupted } from "./interrupted.ts";
import { until } from "./until.ts";

/** Four validators, and a gateway on them. */
export interface World {
  readonly network: Network;
  readonly client: Client;
  readonly gatewayUrl: string;
  /** of the gateway: its folder, and the file in it */
  readonly data: string;
  readonly database: string;
  /** for what a test writes */
  readonly folder: string;
  /** Waits until the gateway has a document, and writes it into a file of this name. */
  saved(name: string, path: string): Promise<string>;
  /** What the gateway printed last, and how the validators are, for whoever has to find out why a test failed. */
  told(): Promise<string>;
  /** Ends the gateway, as an operator would, and all validators, and removes what they wrote. */
  end(): Promise<void>;
}

export interface WorldOptions {
  /** a chain that asks no price: its blocks have no base fee, and the gateway's accounts own nothing; false, if left out */
  readonly isFree?: boolean;
  /** what the gateway is given as `--rpc`, once the validators run; the first of them, if left out */
  readonly nodes?: (network: Network) => Promise<string>;
}

/** A machine that never built geth compiles it first: some minutes, or many on a busy one. */
export const BUILD_MS = 1_800_000;

/** Seconds in which an attempt to anchor counts. */
export const ATTEMPT_SECONDS = 10;

/** What a gateway may take to finish what is under way; one that takes longer is killed. */
const DRAIN_MS = 60_000;
/** The same where somebody interrupts the test, who may kill it soon: the validators have to be gone by then. */
const INTERRUPTED_DRAIN_MS = 10_000;

const tell = (line: string): void => console.error(`    ${line}`);

/** Has geth built, if it is not there. */
export async function provideValidators(): Promise<void> {
  await provideGeth(tell);
}

export async function startWorld({
  isFree = false,
  nodes = async (network) => network.url(1),
}: WorldOptions = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "hufu-network-"));
  const data = join(folder, "data");
  const begun: { network?: Network; run?: Run } = {};
  const end = async (drainMs = DRAIN_MS): Promise<void> => {
    try {
      if (begun.run !== undefined) await drain(begun.run, drainMs);
    } finally {
      try {
        await begun.network?.kill();
      } finally {
        rmSync(folder, { recursive: true, force: true });
        letGo();
      }
    }
  };
  const letGo = endIfInterrupted(() => end(INTERRUPTED_DRAIN_MS));
  try {
    const network = await networkFor(folder, data, isFree);
    begun.network = network;
    await network.start();
    const port = await freePort();
    const env = { HUFU_DATA: data, PORT: port, HUFU_ATTEMPT_SECONDS: String(ATTEMPT_SECONDS), HUFU_LOG_LEVEL: "warn" };
    const run = npmStart(env, ["--rpc", await nodes(network)]);
    begun.run = run;
    await run.until(/Hufu is ready/, 180);
    const gatewayUrl = `http://127.0.0.1:${port}`;
    const client = createClient(gatewayUrl, data);
    return {
      network,
      gatewayUrl,
      folder,
      data,
      database: join(data, "hufu.db"),
      client,
      told: async () => `${run.output().split("\n").slice(-40).join("\n")}\n${sayStatus(await network.status())}`,
      end,
      saved: (name, path) => save(client, path, join(folder, name)),
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Not started yet; what pays are the accounts of the gateway that will work in `data`. */
function networkFor(folder: string, data: string, isFree: boolean): Promise<Network> {
  mkdirSync(data, { mode: 0o700 });
  const payers = payersOf(openAccounts({ data, password: null }));
  const funded = isFree ? [] : payers;
  return createNetwork({
    folder: join(folder, "chain"),
    validators: 4,
    funded: () => funded,
    hasBaseFee: !isFree,
    say: tell,
  });
}

/** See `World.saved`. */
async function save(client: Client, path: string, file: string): Promise<string> {
  const document = await until(30, path, async () => {
    const { status, body } = await client.get(path);
    return status === 200 ? body : undefined;
  });
  writeFileSync(file, JSON.stringify(document));
  return file;
}

/** As an operator ends it, but for no longer than `withinMs`. */
async function drain(run: Run, withinMs: number): Promise<void> {
  const isRunning = (): boolean => run.child.exitCode === null && run.child.signalCode === null;
  if (isRunning()) run.signal("SIGTERM");
  await Promise.race([run.ended, sleep(withinMs, undefined, { ref: false })]);
  if (isRunning()) run.signal("SIGKILL");
}
