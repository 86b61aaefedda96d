import { join } from "node:path";
import { z } from "zod";
import { runCommand } from "./command.ts";
import type { Gateway } from "./gateway.ts";

const reportShape = z.looseObject({
  outcome: z.enum(["AGREES", "DIVERGES", "ERROR"]),
  divergence: z
    .looseObject({ code: z.string(), names: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});

export interface AuditRun {
  readonly exitCode: number | null;
  readonly report: z.infer<typeof reportShape>;
}

/** Runs the audit command as an auditor would: against the gateway's node, its API and its database file. */
export async function runAudit({ folder, rpc, url }: Gateway, signal: AbortSignal): Promise<AuditRun> {
  const { exitCode, output } = await runCommand(
    "audit.ts",
    [
      ...["--rpc", rpc, "--trust", join(folder, "trust.json")],
      ...["--gateway", url, "--database", join(folder, "hufu.db"), "--json"],
    ],
    signal,
  );
  return { exitCode, report: reportShape.parse(JSON.parse(output)) };
}
