import { execFile } from "node:child_process";
import type { Check } from "../../core/verify/checks.ts";
import type { TrustBundle } from "../../core/trust/bundle.ts";
import type { AuditReport } from "../../scripts/audit/report.ts";
import type { Finding } from "../../scripts/doctor/finding.ts";
import { root } from "../start/gateway-process.ts";

/** What `--json` prints, as far as these tests read it. */
interface Documents {
  readonly audit: AuditReport;
  readonly doctor: { readonly findings: readonly Finding[] };
  readonly trust: { readonly bundle: TrustBundle };
  readonly verify: {
    readonly verdict: { readonly code: string };
    readonly checks: readonly Check[];
    readonly trust: { readonly validators: readonly string[] };
  };
}

export interface Ran<Document> {
  /** the exit code */
  readonly code: number;
  readonly document: Document;
}

/** Runs `npm run NAME -- ARGS --json`, without the setup that goes before it. */
export function npmRun<Name extends keyof Documents>(
  name: Name,
  ...args: readonly string[]
): Promise<Ran<Documents[Name]>> {
  return run("npm", ["run", "--silent", "--ignore-scripts", name, "--", ...args, "--json"]);
}

/** Runs what `npm run verify` runs in a process that Node lets read files, and do nothing else: no network, no child. */
export function verifyOffline(...args: readonly string[]): Promise<Ran<Documents["verify"]>> {
  return run(process.execPath, ["--permission", "--allow-fs-read=*", "scripts/verify.ts", ...args, "--json"]);
}

/** A program that ended: its exit code, -1 where a signal ended it, and what it printed. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a file of the project's under Node, with these variables added to the environment. */
export function runNode(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Finished> {
  return finish(process.execPath, args, env);
}

async function run<Document>(program: string, args: readonly string[]): Promise<Ran<Document>> {
  const { code, stdout, stderr } = await finish(program, args);
  try {
    return { code, document: JSON.parse(stdout) };
  } catch {
    throw new Error(`${args.join(" ")} ended with ${code} and printed no document:\n${stdout}${stderr}`);
  }
}

function finish(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const options = { cwd: root, maxBuffer: 64_000_000, env: { ...process.env, ...env } };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : -1, stdout, stderr });
    });
  });
}
