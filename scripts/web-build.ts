import { rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const entries = { script: "web/browser/main.ts", style: "web/assets/page.css", logo: "web/assets/logo.svg" };

/**
 * Bundles the verify page's assets into build/web. Every name carries a hash of its content, so that a browser may keep it for
 * ever; `assets.json`, written last, names them: `{"script": "main-HASH.js", "style": ..., "logo": ...}`.
 */
export async function buildWeb(): Promise<void> {
  const outdir = join(root, "build", "web");
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.values(entries),
    outdir,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".svg": "copy" },
    sourcemap: false,
    legalComments: "none",
    metafile: true,
    logLevel: "silent",
  });
  const names: Record<string, string> = {};
  for (const [role, source] of Object.entries(entries)) {
    const built = Object.entries(metafile.outputs).find(([, output]) => source in output.inputs && output.entryPoint !== undefined);
    const copied = Object.entries(metafile.outputs).find(([, output]) => source in output.inputs);
    const path = (built ?? copied)?.[0];
    if (path === undefined) throw new Error(`esbuild wrote nothing for ${source}.`);
    names[role] = basename(path);
  }
  writeFileSync(join(outdir, "assets.json"), JSON.stringify(names));
}

if (import.meta.main) await buildWeb();
