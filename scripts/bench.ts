import { writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { runPart } from "./bench/part-process.ts";
import { parts, type Part } from "./bench/parts.ts";
import type { Row } from "./bench/sample.ts";
import { tableOf, type Conditions } from "./bench/table.ts";

const exitCodes = { measured: 0, failed: 1, usage: 2, interrupted: 130 } as const;
const page = join(import.meta.dirname, "..", "docs", "bench.md");

interface Options {
  readonly only?: string[];
  readonly json?: true;
}

const names = parts.map(({ name }) => name);
const options = new Command("bench")
  .description("Measures Hufu beside what others do and prints one table; a whole run writes it to docs/bench.md.")
  .addOption(new Option("--only <part...>", "run these parts only, and write no file").choices(names))
  .option("--json", "print the figures as one JSON document")
  .addHelpText(
    "after",
    `\nParts: ${names.join(", ")}. Ctrl-C ends the part under way and prints what was measured before.`,
  )
  .addHelpText("after", "\nExit codes: 0 all was measured, 1 a part failed, 2 wrong usage, 130 interrupted.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.measured : exitCodes.usage))
  .parse()
  .opts<Options>();

interface Result {
  readonly part: Part;
  readonly rows: readonly Row[];
}

async function main(): Promise<number> {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => stop.abort());
  const cores = availableParallelism();
  const conditions = { cores, node: process.versions.node, load: loadavg()[0] ?? 0 };
  const wanted = parts.filter(({ name }) => options.only?.includes(name) ?? true);
  const { results, failed } = await runAll(wanted, stop.signal);
  show(results, conditions);
  if (stop.signal.aborted) return exitCodes.interrupted;
  if (failed) return exitCodes.failed;
  if (options.only === undefined) writeFileSync(page, tableOf(results, conditions));
  return exitCodes.measured;
}

/** One after the other; a part that fails keeps none from being run. */
async function runAll(wanted: readonly Part[], signal: AbortSignal): Promise<{ results: Result[]; failed: boolean }> {
  const results: Result[] = [];
  let failed = false;
  for (const [index, part] of wanted.entries()) {
    if (signal.aborted) break;
    const begun = performance.now();
    console.error(`[bench] ${String(index + 1)} of ${String(wanted.length)}: ${part.name}`);
    try {
      results.push({ part, rows: await runPart(part.name, signal) });
      console.error(`[bench] ${part.name}: measured in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
    } catch (error) {
      failed = true;
      const why = error instanceof Error ? error.message : String(error);
      console.error(`[bench] ${part.name}: ${why}`);
    }
  }
  return { results, failed };
}

function show(results: readonly Result[], conditions: Conditions): void {
  const measured = results.map(({ part: { name, how }, rows }) => ({ part: name, how, rows }));
  if (options.json) console.log(JSON.stringify({ conditions, measured }, null, 2));
  else if (results.length > 0) console.log(tableOf(results, conditions));
}

process.exitCode = await main();
