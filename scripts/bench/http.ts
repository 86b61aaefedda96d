import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

import { printRows, rowOf, type Row } from "./sample.ts";

const CONNECTIONS = 64;
const BULK_LINES = 1_000;
const BULK_CONNECTIONS = 2;

/** A credit penalty of the usual size; the load generator puts another id in each. */
const content = {
  counterpartName: "坪山示例一号食品有限公司（虚构）",
  counterpartType: "LEGAL_OR_OTHER_ORG",
  usccCode: "91440310XX00000190",
  legalRepName: "张示例",
  decisionDocNo: "深坪示市监罚〔2026〕12号",
  violationType: "经营超过保质期食品",
  violationFacts: "（虚构）2026年5月6日检查发现货架上有超过保质期的预包装食品6件，货值金额318元。",
  penaltyBasis: "《中华人民共和国食品安全法》第一百二十四条第一款第五项",
  penaltyCategories: ["罚款", "没收违法所得", "没收非法财物"],
  penaltyContent: "罚款人民币5000元；没收超过保质期食品6件。",
  fineAmountWan: "0.500000",
  confiscatedAmountWan: "0.031800",
  decisionDate: "2026-06-01",
  penaltyValidUntil: "2027-06-01",
  publicityClass: "GENERAL",
  publicityRule: "NDRC-36-2025",
  publicityMode: "PUBLISH",
  publicityMinUntil: "2026-09-01",
  publicityDeadline: "2027-06-01",
  penaltyAuthority: "坪山示例市场监管局（虚构）",
  penaltyAuthorityUscc: "11440310XX0001011N",
  dataSourceUnit: "坪山示例市场监管局（虚构）",
  dataSourceUnitUscc: "11440310XX0001011N",
};
const post = JSON.stringify({ kind: "credit-penalty", recordId: "B-[<id>]", content });

const result = z.object({
  "2xx": z.number(),
  non2xx: z.number(),
  errors: z.number(),
  duration: z.number(),
  latency: z.object({ p50: z.number(), p99: z.number() }),
});
type Result = z.infer<typeof result>;

interface Side {
  port: number;
  key: string;
  child: ChildProcess;
}

/**
 * POST /v1/records and bulk posts against a bare Express 5 echo of the same body: each server in a process of its own, the load
 * in another, round about, so that what else the machine does meets all alike.
 */
export async function benchHttp(rounds = 5, seconds = 4): Promise<Row[]> {
  const sides = { echo: await start("echo"), gateway: await start("gateway") };
  const runs: { echo: Result[]; single: Result[]; bulk: number[] } = { echo: [], single: [], bulk: [] };
  try {
    await warmUp(sides);
    for (let round = 0; round < rounds; round++) {
      runs.echo.push(await measure(sides.echo, seconds));
      runs.single.push(await measure(sides.gateway, seconds));
      runs.bulk.push(await measureBulk(sides.gateway, seconds));
    }
  } finally {
    await Promise.all(Object.values(sides).map(stop));
  }
  const perSecond = (run: Result): number => run["2xx"] / run.duration;
  const echo = rowOf("bare Express 5 JSON echo, 64 connections", "requests/s", runs.echo.map(perSecond));
  return [
    echo,
    rowOf("POST /v1/records, durable, 64 connections", "requests/s", runs.single.map(perSecond)),
    rowOf(
      "the same against the echo",
      "times",
      runs.single.map((run, round) => perSecond(run) / perSecond(runs.echo[round] ?? run)),
      { atLeast: 0.4 },
    ),
    rowOf(
      "POST /v1/records, p50",
      "ms",
      runs.single.map((run) => run.latency.p50),
      { atMost: 20 },
    ),
    rowOf(
      "POST /v1/records, p99",
      "ms",
      runs.single.map((run) => run.latency.p99),
    ),
    rowOf("POST /v1/record-batches, durable", "records/s", runs.bulk, { atLeast: 20_000 }),
  ];
}

/** Until V8 has compiled what runs often. */
async function warmUp({ echo, gateway }: { echo: Side; gateway: Side }): Promise<void> {
  await measure(echo, 2);
  await measure(gateway, 2);
  await measureBulk(gateway, 2);
}

async function start(side: "echo" | "gateway"): Promise<Side> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "http-server.ts"), side], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = z.tuple([z.instanceof(Buffer)]).parse(await once(child.stdout, "data"));
  const { port, key } = z.object({ port: z.number(), key: z.string() }).parse(JSON.parse(line.toString()));
  return { port, key, child };
}

async function stop({ child }: Side): Promise<void> {
  const ended = once(child, "exit");
  child.stdin?.end();
  await ended;
}

/** One round of single posts. Throws if a single one was not answered with success: then the figure would be of something else. */
async function measure({ port, key }: Side, seconds: number): Promise<Result> {
  const autocannon = createRequire(import.meta.url).resolve("autocannon");
  const headers = ["-H", `Authorization: Bearer ${key}`, "-H", "Content-Type: application/json"];
  const numbers = ["-c", String(CONNECTIONS), "-d", String(seconds), "-t", "60"];
  const url = `http://127.0.0.1:${port}/v1/records`;
  const args = [autocannon, ...numbers, "-m", "POST", ...headers, "-b", post, "-I", "--json", url];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const answer = result.parse(JSON.parse(stdout));
  if (answer.non2xx + answer.errors > 0) throw new Error(`${answer.non2xx + answer.errors} requests failed`);
  return answer;
}

/** One round of bulk posts: records a second. */
async function measureBulk({ port, key }: Side, seconds: number): Promise<number> {
  const args = [port, key, seconds, BULK_CONNECTIONS, BULK_LINES].map(String);
  const load = spawn(process.execPath, [join(import.meta.dirname, "bulk-load.ts"), ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  load.stdin.end(post);
  const [line] = z.tuple([z.instanceof(Buffer)]).parse(await once(load.stdout, "data"));
  const done = z.object({ records: z.number(), seconds: z.number() }).parse(JSON.parse(line.toString()));
  return done.records / done.seconds;
}

if (import.meta.main) printRows(await benchHttp());
