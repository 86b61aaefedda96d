import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { offline } from "../../core/messages/holder.zh-CN.ts";
import { page } from "../../core/messages/page.zh-CN.ts";
import type { TrustBundle } from "../../core/trust/bundle.ts";
import { html } from "../../web/view/html.ts";

const root = join(import.meta.dirname, "..", "..");

const sourceOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * The verifier as one HTML text that needs no other file and no network: its policy lets it reach none. The same sources and the same bundle
 * give the same bytes, so that institutions can publish its hash. `trust`: a bundle that it brings along; null: its reader brings one.
 */
export async function verifierPage(trust: TrustBundle | null): Promise<string> {
  const logo = dataAddress("image/svg+xml", readFileSync(join(root, "web/assets/logo.svg")));
  const script = await bundled("web/browser/offline.ts", { HUFU_LOGO: JSON.stringify(logo) });
  const style = await bundled("web/assets/page.css", {});
  return documentOf({ script, style, logo, trust });
}

async function bundled(entry: string, define: Readonly<Record<string, string>>): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2023",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    define: { ...define },
  });
  const text = outputFiles[0]?.text;
  if (text === undefined) throw new Error(`esbuild wrote nothing for ${entry}.`);
  return text.trim();
}

function dataAddress(type: string, bytes: Buffer): string {
  return `data:${type};base64,${bytes.toString("base64")}`;
}

interface Parts {
  readonly script: string;
  readonly style: string;
  readonly logo: string;
  readonly trust: TrustBundle | null;
}

/** Put together as text: script and style must stand there as their hashes in the policy have them. */
function documentOf({ script, style, logo, trust }: Parts): string {
  // Neither may end its own element.
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style))
    throw new Error("The script or style cannot stand in HTML.");
  const policy = [
    "default-src 'none'",
    `script-src ${sourceOf(script)}`,
    `style-src ${sourceOf(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types hufu",
  ].join("; ");
  const bundle = trust === null ? "" : JSON.stringify(trust).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
${html`<meta http-equiv="Content-Security-Policy" content="${policy}" />`.toString()}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${html`<title>${page.title(offline.heading)}</title>`.toString()}
<link rel="icon" type="image/svg+xml" href="${logo}">
<style>${style}</style>
</head>
<body>
<noscript>${html`${offline.withoutScript}`.toString()}</noscript>
<div id="page"></div>
<script type="application/json" id="built-in">${bundle}</script>
<script>${script}</script>
</body>
</html>
`;
}
