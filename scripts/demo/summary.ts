import type { Finding } from "./steps.ts";

/** The end of a tour: how much came out as it should, and what did not. */
export function summary(findings: readonly Finding[], seconds: number): string {
  const failed = findings.filter(({ ok }) => !ok);
  const lines = failed.map(
    ({ step, what, expected, found }) => `  ✗ ${step}: ${what}: expected ${expected}, found ${found}`,
  );
  const head = `\n${String(findings.length - failed.length)} of ${String(findings.length)} findings as they should be, in ${seconds.toFixed(0)} s`;
  return [head, ...lines].join("\n");
}
