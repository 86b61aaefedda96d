import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { HufuError } from "../../core/error.ts";
import { runToEnd, type Run } from "./run-to-end.ts";
import { createSteps, type Steps } from "./steps.ts";
import { summary } from "./summary.ts";

const exitCodes = { good: 0, failed: 1, unusable: 2 } as const;

/** A tour that is being told. */
export interface Tour {
  /** for all that it writes; removed at the end */
  readonly folder: string;
  readonly run: Run;
  readonly steps: Steps;
}

/** One of the tours, as its command tells it. */
export interface TourProgram {
  /** of its script in package.json */
  readonly name: string;
  readonly description: string;
  /** what exit code 2 means */
  readonly unusable: string;
  readonly greeting: string;
  /** The whole tour, in the order in which it is told. */
  readonly tell: (tour: Tour) => Promise<void>;
}

/** Runs a tour with the options of the command line. Resolves with the exit code. */
export async function runTour(program: TourProgram): Promise<number> {
  const options = readOptions(program);
  const print = options.json ? () => undefined : (line: string) => console.log(line);
  const begun = Date.now();
  print(program.greeting);
  try {
    const findings = await runToEnd(
      async (run) => {
        const folder = mkdtempSync(join(tmpdir(), `hufu-${program.name.replace(":", "-")}-`));
        run.atEnd(() => {
          if (options.keep) print(`\nThe folder of the tour: ${folder}`);
          else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
        });
        const steps = createSteps(print, run.signal);
        await program.tell({ folder, run, steps });
        return steps.findings();
      },
      (sentence) => console.error(`[demo] ${sentence}`),
    );
    const ok = findings.every((finding) => finding.ok);
    const seconds = (Date.now() - begun) / 1000;
    if (options.json) console.log(JSON.stringify({ ok, seconds, findings }, null, 2));
    else print(summary(findings, seconds));
    return ok ? exitCodes.good : exitCodes.failed;
  } catch (error) {
    console.error(error instanceof HufuError ? error.message : error);
    const isUnusable = error instanceof HufuError && error.code === "CHAIN_BINARY_MISSING";
    return isUnusable ? exitCodes.unusable : exitCodes.failed;
  }
}

function readOptions({ name, description, unusable }: TourProgram): { keep?: true; json?: true } {
  return new Command(name)
    .description(description)
    .option("--keep", "leave the folder of the tour where it is")
    .option("--json", "print the findings as one JSON document")
    .addHelpText(
      "after",
      `\nExit codes: 0 everything came out as it should, 1 something did not, 2 ${unusable}, 130 interrupted.`,
    )
    .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.good : exitCodes.unusable))
    .parse()
    .opts();
}
