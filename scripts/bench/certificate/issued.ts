import { HufuError } from "../../../core/error.ts";
import { startBenchGateway } from "../bench-gateway.ts";
import { createAgencies, createPosts } from "../district.ts";

const batch = 500;
/** Answers that do not count: the gateway has just started. */
const warmUp = 20;

/** Milliseconds of each answer, over one connection. */
export interface IssuedTimes {
  readonly certificates: number[];
  /** the record itself, of which nothing is proven */
  readonly views: number[];
}

/** Takes the certificates of records that the whole product has anchored, in turn with the records themselves. */
export async function timesOfIssuing(records: number): Promise<IssuedTimes> {
  const [agency] = createAgencies(1);
  if (agency === undefined) throw new HufuError("INVARIANT", "one agency");
  const gateway = await startBenchGateway([agency]);
  try {
    const post = createPosts("credit-penalty", agency.uscc);
    const lines = Array.from({ length: records }, (_, index) => post(String(index)));
    const digests: string[] = [];
    for (let at = 0; at < lines.length; at += batch)
      digests.push(...(await postLines(gateway.url, gateway.keyOf(agency.uscc), lines.slice(at, at + batch))));
    if ((await gateway.records.drained(60)) > 0) throw new Error("not every record was anchored");
    const times: IssuedTimes = { certificates: [], views: [] };
    for (const digest of digests) {
      const record = `${gateway.url}/v1/records/${digest}`;
      times.certificates.push(await timeOf(`${record}/certificate`));
      times.views.push(await timeOf(record));
    }
    return { certificates: times.certificates.slice(warmUp), views: times.views.slice(warmUp) };
  } finally {
    await gateway.end();
  }
}

async function postLines(url: string, key: string, lines: readonly string[]): Promise<string[]> {
  const response = await fetch(`${url}/v1/record-batches`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${key}` },
    body: lines.join("\n"),
  });
  return (await response.text()).match(/(?<="digest":")[0-9a-f]{64}/g) ?? [];
}

async function timeOf(url: string): Promise<number> {
  const begun = performance.now();
  const response = await fetch(url);
  await response.text();
  if (response.status !== 200) throw new Error(`${url} answers with status ${response.status}`);
  return performance.now() - begun;
}
