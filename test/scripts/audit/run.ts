import { expect } from "chai";
import { audit } from "../../../scripts/audit/audit.ts";
import type { AuditInput } from "../../../scripts/audit/input.ts";
import type { AuditReport } from "../../../scripts/audit/report.ts";

/** Audits without a word. */
export function runAudit(input: Pick<AuditInput, "rpc" | "trust"> & Partial<AuditInput>): Promise<AuditReport> {
  return audit({
    progress: { report: () => undefined, say: () => undefined },
    clock: () => performance.now(),
    now: () => new Date(0),
    ...input,
  });
}

export async function expectDivergence(report: Promise<AuditReport>, code: string, names: object = {}): Promise<void> {
  const { outcome, divergence, error } = await report;
  expect(error).to.equal(null);
  expect(outcome).to.equal("DIVERGES");
  expect(divergence).to.include({ code });
  expect(divergence?.names).to.include(names);
  expect(divergence?.sentence).to.include(divergence?.expected).and.include(divergence?.found);
}

/** It could not be checked, which is no divergence. */
export async function expectFault(report: Promise<AuditReport>, code: string): Promise<void> {
  const { outcome, divergence, error } = await report;
  expect(divergence).to.equal(null);
  expect(error?.code, error?.message).to.equal(code);
  expect(outcome).to.equal("ERROR");
}

/** A report without what two runs cannot have in common. */
export function withoutTimes(report: AuditReport): Omit<AuditReport, "seconds" | "madeAt"> {
  const { seconds: _, madeAt: __, ...rest } = report;
  return rest;
}
