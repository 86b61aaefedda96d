import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type * as verifier from "./verifier.ts";

declare const hufu: typeof verifier;

/** A file of this folder as a page would load it: one script, which names itself `hufu`. */
export async function bundle(file: "judge.ts" | "verifier.ts"): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, file)],
    ...{ bundle: true, minify: true, write: false, charset: "utf8", target: "es2023", logLevel: "silent" },
    ...({ format: "iife", globalName: "hufu" } as const),
  });
  return outputFiles[0]?.text ?? "";
}

/** Bytes, as a server sends it. */
export function gzipSize(script: string): number {
  return gzipSync(script, { level: 9 }).length;
}

/** Milliseconds of each verification in a Chromium; null where there is none. */
export async function timesInChromium(
  script: string,
  texts: { readonly certificate: string; readonly trust: string },
  rounds: number,
): Promise<number[] | null> {
  const executablePath = findChromium();
  if (executablePath === undefined) return null;
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: script });
    return await page.evaluate(
      ({ certificate, trust, count }) => hufu.timesOf(hufu.createJudge(trust), certificate, count),
      { ...texts, count: rounds },
    );
  } finally {
    await browser.close();
  }
}

/** `CHROMIUM`, or the first on the path. */
function findChromium(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const files = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env["CHROMIUM"] ?? "", ...files].find((file) => file !== "" && existsSync(file));
}
