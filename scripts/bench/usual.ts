import { setTimeout as sleep } from "node:timers/promises";
import { ContractFactory, JsonRpcProvider, Wallet } from "ethers";
import { z } from "zod";
import { startBenchGateway, type BenchGateway } from "./bench-gateway.ts";
import { startChild } from "./child.ts";
import { createAgencies, createPosts } from "./district.ts";
import { compile } from "./gas/compile.ts";
import { saturate } from "./load.ts";
import { percentile, printRows, rowOf, type Row } from "./sample.ts";

const CONNECTIONS = 64;
const KIND = "credit-penalty";
const DRAIN_SECONDS = 120;
const [agency] = createAgencies(1);

const progress = z.object({
  waiting: z.number(),
  anchored: z.array(z.object({ acceptedAt: z.number(), block: z.number() })),
});

/** What became of one load: records anchored a second, from the first post to the sight of the last one's block, and each one's delay. */
interface Round {
  readonly perSecond: number;
  readonly delays: readonly number[];
}

/** Posts the same records for some seconds over the same connections, and waits until all are anchored. */
type Side = (seconds: number) => Promise<Round>;

/** A gateway of the usual kind against ours, in turn, on the same embedded chain. */
export async function benchUsual(rounds = 3, seconds = 5): Promise<Row[]> {
  if (agency === undefined) throw new Error("no agency");
  const ours = await startBenchGateway([agency]);
  try {
    const usual = await startUsual(ours.rpc);
    const sides: readonly Side[] = [
      (time) => runUsual(usual.url, "/receipt", ours, time),
      (time) => runUsual(usual.url, "/pipelined", ours, time),
      (time) => runOurs(ours, time),
    ];
    try {
      for (const side of sides) await side(Math.min(2, seconds));
      const runs = sides.map((): Round[] => []);
      for (let round = 0; round < rounds; round++) {
        for (const [index, side] of sides.entries()) runs[index]?.push(await side(seconds));
        console.error(`[bench] round ${String(round + 1)} of ${String(rounds)}`);
      }
      return rowsOf(runs);
    } finally {
      await usual.end();
    }
  } finally {
    await ours.end();
  }
}

/** Deploys what it needs, from an account that the embedded chain fills, and starts it. */
async function startUsual(rpc: string): Promise<{ url: string; end(): Promise<void> }> {
  const provider = new JsonRpcProvider(rpc, undefined, { staticNetwork: true });
  const wallet = new Wallet(Wallet.createRandom().privateKey, provider);
  await provider.send("anvil_setBalance", [wallet.address, `0x${(2n ** 100n).toString(16)}`]);
  const { abi, bytecode } = compile("NaiveNotary");
  const contract = await new ContractFactory(abi, bytecode, wallet).deploy();
  await contract.waitForDeployment();
  const address = await contract.getAddress();
  provider.destroy();
  const child = await startChild("usual-server.ts", [rpc, wallet.privateKey, address]);
  const { port } = z.object({ port: z.number() }).parse(child.said);
  return { url: `http://127.0.0.1:${String(port)}`, end: () => child.end() };
}

const post = createPosts(KIND, agency?.uscc ?? "");
let issued = 0;

async function runUsual(url: string, path: string, { clock }: BenchGateway, seconds: number): Promise<Round> {
  const read = async (): Promise<z.infer<typeof progress>> =>
    progress.parse(await (await fetch(`${url}/anchored`)).json());
  const before = (await read()).anchored.length;
  const begun = Date.now();
  const next = () => ({ path, media: "application/json", body: post(String(issued++)), key: "none" });
  const accepted = await saturate(url, CONNECTIONS, seconds, next);
  const until = performance.now() + DRAIN_SECONDS * 1000;
  let now = await read();
  for (; now.waiting > 0 && performance.now() < until; now = await read()) await sleep(250);
  const anchored = now.anchored.slice(before);
  if (anchored.length !== accepted)
    throw new Error(`the usual gateway anchored ${String(anchored.length)} of ${String(accepted)} records`);
  return roundOf(anchored, begun, clock);
}

async function runOurs({ url, keyOf, records, clock }: BenchGateway, seconds: number): Promise<Round> {
  const before = records.count();
  const key = keyOf(agency?.uscc ?? "");
  const begun = Date.now();
  const next = () => ({ path: "/v1/records", media: "application/json", body: post(String(issued++)), key });
  const accepted = await saturate(url, CONNECTIONS, seconds, next);
  await records.drained(DRAIN_SECONDS);
  const anchored = records.anchored(before);
  if (anchored.length !== accepted)
    throw new Error(`the gateway anchored ${String(anchored.length)} of ${String(accepted)} records`);
  return roundOf(anchored, begun, clock);
}

type Clock = BenchGateway["clock"];

function roundOf(anchored: readonly { acceptedAt: number; block: number }[], begun: number, clock: Clock): Round {
  const last = anchored.reduce((newest, { block }) => Math.max(newest, block), 0);
  const delays = anchored.map(({ acceptedAt, block }) => clock.seenAt(block) - acceptedAt);
  return { perSecond: (anchored.length * 1000) / (clock.seenAt(last) - begun), delays };
}

function rowsOf(runs: readonly (readonly Round[])[]): Row[] {
  const names = [
    "usual gateway, answers with the receipt",
    "usual gateway, nonces pipelined",
    "ours, POST /v1/records",
  ];
  const rows = names.flatMap((name, index) => {
    const rounds = runs[index] ?? [];
    const delay = (share: number): number[] => rounds.map(({ delays }) => percentile(delays, share));
    return [
      rowOf(
        `${name}: to anchored`,
        "records/s",
        rounds.map(({ perSecond }) => perSecond),
      ),
      rowOf(`${name}: accepted -> anchored, p50`, "ms", delay(0.5)),
      rowOf(`${name}: accepted -> anchored, p99`, "ms", delay(0.99)),
    ];
  });
  const [, pipelined, ours] = runs;
  const times = (ours ?? []).map(({ perSecond }, round) => perSecond / (pipelined?.[round]?.perSecond ?? Number.NaN));
  return [...rows, rowOf("ours against the pipelined one", "times", times)];
}

if (import.meta.main) printRows(await benchUsual());
