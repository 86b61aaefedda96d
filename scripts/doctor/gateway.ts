import { z } from "zod";
import type { Hex } from "../../core/bytes.ts";
import { ask, type Answer } from "./ask.ts";
import type { DatabaseFacts } from "./database.ts";
import { found, type Finding } from "./finding.ts";
import { examineMetrics } from "./metrics.ts";

export interface GatewayInput {
  readonly url: string;
  /** milliseconds of Unix time */
  readonly now: () => number;
  readonly facts: DatabaseFacts | null;
  /** whether a process works on the data folder; null: there is no folder to look at */
  readonly isHeld: boolean | null;
}

/** What a gateway that answers says. */
export interface GatewayFacts {
  readonly ledger: { readonly chainId: number; readonly genesisHash: Hex; readonly address: Hex } | null;
  /** the text of its trust bundle; null: it has none yet */
  readonly trust: string | null;
  /** seconds by which its clock is ahead of this machine's */
  readonly ahead: number | null;
}

const hex = z.custom<Hex>((value) => typeof value === "string" && /^0x[0-9a-f]+$/.test(value));
const readiness = z.looseObject({
  checks: z.looseObject({ accepting: z.boolean(), store: z.boolean(), chain: z.boolean(), backlog: z.boolean() }),
  chain: z.looseObject({
    state: z.string(),
    headAgeSeconds: z.number().nullable(),
    shortage: z.looseObject({ wanted: z.number(), of: z.number() }).nullable(),
  }),
});
const ledgerFacts = z.looseObject({ ledger: z.looseObject({ chainId: z.number(), genesisHash: hex, address: hex }) });

/** Asks a gateway how it is. `facts` null: it does not answer. */
export async function examineGateway(
  input: GatewayInput,
): Promise<{ findings: Finding[]; facts: GatewayFacts | null }> {
  const { url, now, isHeld } = input;
  const health = await ask(url, "/healthz", now);
  if (typeof health === "string" || health.status !== 200) {
    const why = typeof health === "string" ? health : `HTTP status ${health.status}`;
    return {
      findings: [found("gateway", isHeld === true ? "GATEWAY_HANGS" : "GATEWAY_SILENT", { url, why })],
      facts: null,
    };
  }
  const [ready, metrics, ledger, trust] = await Promise.all(
    ["/readyz", "/metrics", "/v1/ledger", "/v1/trust"].map((path) => ask(url, path, now)),
  );
  const findings = [
    found("gateway", "GATEWAY_ANSWERS", { url }),
    ...(isHeld === false ? [found("gateway", "GATEWAY_ELSEWHERE", { url })] : []),
    ...sayReadiness(ready),
    ...examineMetrics(textOf(metrics), input.facts?.waiting ?? null, now()),
  ];
  const facts = { ledger: ledgerOf(textOf(ledger)), trust: textOf(trust), ahead: health.ahead };
  return { findings, facts };
}

function sayReadiness(answer: Answer | string | undefined): Finding[] {
  const text = typeof answer === "object" ? answer.text : "";
  const parsed = readiness.safeParse(jsonOf(text));
  if (!parsed.success)
    return [found("gateway", "NOT_LOOKED_AT", { what: "/readyz", why: "no answer that can be read" })];
  const { checks, chain } = parsed.data;
  const { shortage } = chain;
  const seconds = Math.round(chain.headAgeSeconds ?? 0);
  const failing = [
    ...(checks.accepting ? [] : [found("gateway", "GATEWAY_STOPPING")]),
    ...(checks.store ? [] : [found("gateway", "GATEWAY_STORE_FAILS")]),
    ...(checks.chain
      ? []
      : [
          found("gateway", chain.state === "unreachable" ? "GATEWAY_WITHOUT_CHAIN" : "GATEWAY_CHAIN_STILL", {
            seconds,
          }),
        ]),
    ...(checks.backlog ? [] : [found("gateway", "GATEWAY_BACKLOG_FULL")]),
    ...(shortage === null
      ? []
      : [found("gateway", "GATEWAY_SIGNERS_SHORT", { wanted: shortage.wanted, of: shortage.of })]),
  ];
  return failing.length > 0 ? failing : [found("gateway", "GATEWAY_READY")];
}

function ledgerOf(text: string | null): GatewayFacts["ledger"] {
  return ledgerFacts.safeParse(jsonOf(text ?? "")).data?.ledger ?? null;
}

function textOf(answer: Answer | string | undefined): string | null {
  return typeof answer === "object" && answer.status === 200 ? answer.text : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
