import { rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const entries = { script: "web/browser/main.ts", style: "web/assets/page.css", logo: "web/assets/logo.svg" };

/**
 * Bundles the verify page's assets into `outdir`. Every name carries a hash of its content, so that a browser may keep it for
 * ever; `assets.json`, written last, names them: `{"script": "main-HASH.js", "style": ..., "logo": ...}`. The verifier is a script
 * of its own, which the page's script fetches beside itself.
 */
export async function buildWeb(outdir: string = join(root, "build", "web")): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.values(entries),
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2023",
    charset: "utf8",
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    loader: { ".svg": "copy" },
    sourcemap: false,
    legalComments: "none",
    metafile: true,
    logLevel: "silent",
  });
  const names: Record<string, string> = {};
  for (const [role, source] of Object.entries(entries)) {
    const path = Object.keys(metafile.outputs).find((output) => source in (metafile.outputs[output]?.inputs ?? {}));
    if (path === undefined) throw new Error(`esbuild wrote nothing for ${source}.`);
    names[role] = basename(path);
  }
  writeFileSync(join(outdir, "assets.json"), JSON.stringify(names));
}

if (import.meta.main) await buildWeb();
