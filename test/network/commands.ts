import { execFile } from "node:child_process";
import type { Check } from "../../core/verify/checks.ts";
import type { TrustBundle } from "../../core/trust/bundle.ts";
import type { AuditReport } from "../../scripts/audit/report.ts";
import { root } from "../start/gateway-process.ts";

/** What `--json` prints, as far as these tests read it. */
interface Documents {
  readonly audit: AuditReport;
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

function run<Document>(program: string, args: readonly string[]): Promise<Ran<Document>> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: root, maxBuffer: 64_000_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      try {
        resolve({ code, document: JSON.parse(stdout) });
      } catch {
        reject(new Error(`${args.join(" ")} ended with ${code} and printed no document:\n${stdout}${stderr}`));
      }
    });
  });
}
