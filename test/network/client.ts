import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { readLedgerFacts } from "../../server/record/ledger-facts.ts";
import type { RecordView } from "../../server/record/view.ts";
import { root } from "../start/gateway-process.ts";
import { until } from "./until.ts";

export type View = Pick<RecordView, "digest" | "state" | "endorsement" | "anchor">;
export type Anchored = View & { readonly anchor: NonNullable<View["anchor"]> };

interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<"accepting" | "store" | "chain" | "backlog", boolean>>;
  readonly chain: { readonly state: string; readonly headAgeSeconds: number };
}

/** An agency that posts decisions, and an operator who watches the gateway. */
export interface Client {
  /** Posts a decision of its own, which is accepted. Answers its digest. */
  post(): Promise<string>;
  view(digest: string): Promise<View>;
  /** Waits until it is in a block that `by` distinct signers stand behind. */
  endorsed(digest: string, by: number, seconds: number): Promise<Anchored>;
  /** The record's page. */
  page(digest: string, language: "en" | "zh-CN"): Promise<string>;
  readiness(): Promise<{ status: number; body: Readiness }>;
  ledger(): Promise<Awaited<ReturnType<typeof readLedgerFacts>>>;
  get(path: string): Promise<{ status: number; body: unknown }>;
  /** A figure of /metrics, 0 where it has not been counted yet. `name` with its labels as they are printed. */
  metric(name: string): Promise<number>;
}

const agency = "11440310XX0001011N";
let posted = 0;

export function createClient(url: string, data: string): Client {
  const key: string = JSON.parse(readFileSync(join(data, "agency-keys.json"), "utf8"))[agency];
  const example = JSON.parse(readFileSync(join(root, "docs", "examples", "credit-penalty.json"), "utf8"));

  async function get(path: string) {
    const response = await fetch(`${url}${path}`);
    return { status: response.status, body: await response.json() };
  }

  async function view(digest: string): Promise<View> {
    const { status, body } = await get(`/v1/records/${digest}`);
    expect(status).to.equal(200);
    return body;
  }

  return {
    get,
    view,
    readiness: () => get("/readyz"),
    ledger: async () => (await get("/v1/ledger")).body,
    async post() {
      const response = await fetch(`${url}/v1/records`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
        body: JSON.stringify({ ...example, recordId: `CP-NET-${++posted}` }),
      });
      const answer = await response.json();
      expect(response.status, JSON.stringify(answer)).to.equal(202);
      return answer.digest;
    },
    endorsed: (digest, by, seconds) =>
      until(seconds, `record ${digest} is endorsed by ${by}`, async () => {
        const { anchor, ...found } = await view(digest);
        return anchor !== null && (found.endorsement?.by ?? 0) >= by ? { ...found, anchor } : undefined;
      }),
    async page(digest, language) {
      const response = await fetch(`${url}/r/${digest}?lang=${language}`, { headers: { accept: "text/html" } });
      return response.text();
    },
    async metric(name) {
      const lines = (await (await fetch(`${url}/metrics`)).text()).split("\n");
      return Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? 0);
    },
  };
}
