import type { DatabaseFacts } from "./database.ts";
import { found, type Finding } from "./finding.ts";

/** Seconds that a record waits on a chain in order: the batch window, some blocks, and what a loaded machine needs. */
const OLD = 60;
const STUCK = 600;

/** What /metrics tells of the backlog and of alarms; null: it was not to be had. `waiting` is what the database says. */
export function examineMetrics(text: string | null, waiting: DatabaseFacts["waiting"] | null, now: number): Finding[] {
  if (text === null)
    return [found("gateway", "NOT_LOOKED_AT", { what: "/metrics", why: "no answer that can be read" })];
  const samples = readMetrics(text);
  const total = (name: string): number =>
    samples.filter((one) => one.name === name).reduce((sum, { value }) => sum + value, 0);
  const alarms = samples.filter(({ name, value }) => name === "hufu_alarms_total" && value > 0);
  const lost = total("hufu_orders_lost_total");
  return [
    backlog(waiting ?? { records: total("hufu_backlog_records"), since: null }, now),
    alarms.length === 0
      ? found("gateway", "ALARMS_NONE")
      : found("gateway", "ALARMS_RAISED", {
          alarms: alarms.map(({ labels, value }) => `${labels["code"] ?? "?"} × ${value}`).join(", "),
        }),
    ...(lost > 0
      ? [found("gateway", "ORDERS_LOST", { orders: lost, times: total("hufu_reorganisations_total") })]
      : []),
  ];
}

function backlog({ records, since }: DatabaseFacts["waiting"], now: number): Finding {
  const seconds = since === null ? 0 : Math.max(0, Math.round((now - since) / 1000));
  const code = seconds > STUCK ? "BACKLOG_STUCK" : seconds > OLD ? "BACKLOG_OLD" : "BACKLOG_MOVES";
  return found("gateway", code, { records, seconds });
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples of Prometheus' text format; what is none of them is passed over. */
export function readMetrics(text: string): Sample[] {
  return Array.from(text.matchAll(/^([a-z_]\w*)(?:\{(.*)\})? (\S+)/gim), ([, name = "", labels = "", value]) => ({
    name,
    labels: Object.fromEntries(
      Array.from(labels.matchAll(/(\w+)="([^"]*)"/g), ([, label = "", said = ""]) => [label, said]),
    ),
    value: Number(value),
  }));
}
