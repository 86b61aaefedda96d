import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { Registry } from "prom-client";
import { en as verifierEn } from "../../core/messages/en.ts";
import { trust as trustEn } from "../../core/messages/trust.en.ts";
import { codesEn as audit } from "../../scripts/audit/messages/codes.en.ts";
import { levels as findings } from "../../scripts/doctor/finding.ts";
import { anchoringMetrics } from "../../server/anchoring/metrics.ts";
import { rejectionOf, TOO_LARGE } from "../../server/anchoring/rejection.ts";
import { loadContracts } from "../../server/chain/ledger-contracts.ts";
import { observe } from "../../server/http/observe.ts";
import { problemKinds } from "../../server/http/problem.ts";
import { exposeProgress } from "../../server/http/progress-metrics.ts";
import { readPage, root } from "./fences.ts";

const page = readPage("docs/operations.md");

/** What a gateway shows at /metrics, by name. */
function metricsOfGateway(): Map<string, readonly string[]> {
  const registry = new Registry();
  anchoringMetrics(registry);
  observe(pino({ enabled: false }), registry);
  exposeProgress(registry, () => expect.fail("nobody asked for a figure"));
  return new Map(
    registry.getMetricsAsArray().map((metric) => {
      const labels: readonly string[] = "labelNames" in metric ? (metric.labelNames as readonly string[]) : []; // as: prom-client hides it
      return [metric.name, labels];
    }),
  );
}

/** The alarms that the anchoring raises by a code of its own: nothing lists them but the places that raise them. */
function ownAlarms(): string[] {
  const folder = join(root, "server", "anchoring");
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  const raised = sources.flatMap((source) =>
    Array.from(source.matchAll(/\balarm\?\.\(([^;]*)\);/g), ([, what = ""]) => what),
  );
  const rejected = sources.flatMap((source) =>
    Array.from(source.matchAll(/: Rejection = \{ code: "([A-Z_]+)"/g), ([, code = ""]) => code),
  );
  return [
    TOO_LARGE,
    ...rejected,
    ...raised.flatMap((what) => Array.from(what.matchAll(/"([A-Z_]+)"/g), ([, code = ""]) => code)),
  ];
}

/** What a simulation fails with: the contracts' errors, and what a node says otherwise. */
function rejections(): string[] {
  const contracts = loadContracts();
  const errors = Object.values(contracts).flatMap(({ interface: abi }) =>
    abi.fragments.flatMap((fragment) =>
      fragment.type === "error" && "name" in fragment ? [String(fragment.name)] : [],
    ),
  );
  const said = ["execution reverted", "insufficient funds"].map(
    (message) => rejectionOf({ code: -32000, message, data: null }, contracts).code,
  );
  return [...errors, ...said];
}

describe("the page on operations", () => {
  const metrics = metricsOfGateway();
  const own = ownAlarms();
  const alarms = [...own, ...rejections(), ...Object.keys(problemKinds)];

  it("names metrics that the gateway has, with their labels", () => {
    const named = [...page.matchAll(/\b(hufu_[a-z_]*[a-z])\b(?:\{([a-z]+)\})?/g)];
    expect(named.length).to.be.greaterThan(5);
    for (const [, name = "", label] of named) {
      expect([...metrics.keys()]).to.include(name);
      if (label !== undefined) expect(metrics.get(name), name).to.include(label);
    }
  });

  it("has each metric that it looks for begin as it says", () => {
    const [, alternatives = ""] = /grep -E '\^hufu_\(([a-z_|]+)\)'/.exec(page) ?? [];
    for (const start of alternatives.split("|"))
      expect(
        [...metrics.keys()].filter((name) => name.startsWith(`hufu_${start}_`)),
        start,
      ).not.to.have.length(0);
  });

  it("lists alarms that can be raised, and all that are the anchoring's own", () => {
    const [, table = ""] = /^## Alarms\n([\s\S]*?)^## /m.exec(page) ?? [];
    const codes = Array.from(table.matchAll(/^\| (`[^|]*)\|/gm), ([, cell = ""]) => cell).flatMap((cell) =>
      Array.from(cell.matchAll(/`(\w+)`/g), ([, code = ""]) => code),
    );
    expect(alarms).to.include.members(codes);
    expect(codes).to.include.members(own);
  });

  it("names codes that something says: an alarm, an error, a finding, a check, a bundle or an audit", () => {
    const { check, unknown } = verifierEn;
    const said = [
      ...alarms,
      ...[findings, check, unknown, trustEn.change, audit.code, audit.fault].flatMap((codes) => Object.keys(codes)),
    ];
    const named = Array.from(page.matchAll(/`([A-Z]+(?:_[A-Z]+)+|[A-Z_]+_…|…_[A-Z_]+)`/g), ([, code = ""]) => code);
    const codes = named.filter((code) => !code.startsWith("HUFU_"));
    expect(codes.length).to.be.greaterThan(20);
    for (const code of codes) {
      const pattern = new RegExp(`^${code.replace("…", "[A-Z_]+")}$`);
      expect(
        said.some((one) => pattern.test(one)),
        code,
      ).to.equal(true);
    }
  });
});
