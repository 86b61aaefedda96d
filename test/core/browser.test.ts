import { expect } from "chai";
import { build } from "esbuild";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { sample } from "./samples.ts";
import { certificate, trusted, verify } from "./verify/sample.ts";
import { repaired } from "./verify/scenes.ts";

const core = join(import.meta.dirname, "..", "..", "core");
const sources = readdirSync(core, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** What a page may rest on; everything else would have to be shown to a stranger who reads the verifier. */
const libraries = /node_modules\/(@noble\/(hashes|curves)|hash-wasm)\//;

describe("the core in a browser", () => {
  it("bundles whole, from its own files and the hashing libraries alone", async () => {
    const contents = sources.map((file) => `export * as x${sources.indexOf(file)} from "./${file}";`).join("\n");
    const { metafile, warnings } = await build({
      stdin: { contents, resolveDir: core },
      bundle: true,
      write: false,
      metafile: true,
      format: "esm",
      platform: "browser",
      logLevel: "silent",
    });
    expect(warnings).to.deep.equal([]);
    const foreign = Object.keys(metafile.inputs).filter(
      (file) => !/^(.*\/)?core\//.test(file) && !libraries.test(file),
    );
    expect(foreign.filter((file) => file !== "<stdin>")).to.deep.equal([]);
  });

  it("notarises where there is neither Node nor page", async () => {
    const contents = `
      import { builtInKinds } from "./kinds/registry.ts";
      import { parseContent } from "./record/content.ts";
      import { notarise } from "./record/digest.ts";
      import { nobleHasher } from "./hash.ts";
      export function digest(text) {
        const { kind: name, agency, recordId, content } = JSON.parse(text);
        const kind = builtInKinds.byName(name);
        const parsed = parseContent(kind, content, { agency });
        const seed = new Uint8Array(32);
        return notarise({ kind, agency, recordId, content: parsed, amends: null, files: [], seed, hasher: nobleHasher("sm3") }).digest;
      }`;
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: core },
      bundle: true,
      write: false,
      format: "iife",
      globalName: "hufu",
      platform: "browser",
    });
    const page = createContext({ TextEncoder, text: JSON.stringify(sample("SP-2026-0001")) });
    expect(runInContext(`${outputFiles[0]!.text}; hufu.digest(text)`, page)).to.match(/^[0-9a-f]{64}$/);
  });

  it("verifies where there is neither, also where bytes have no hexadecimal digits and no base64 of their own", async () => {
    const contents = `
      import { parseCertificate } from "./certificate/certificate.ts";
      import { builtInKinds } from "./kinds/registry.ts";
      import { nobleKeccak as keccak } from "./ledger/keccak.ts";
      import { nobleRecover as recover } from "./proofs/signature.ts";
      import { followTrust } from "./trust/anchor.ts";
      import { parseTrustText } from "./trust/bundle.ts";
      import { verifyCertificate } from "./verify/verify.ts";
      export function verdict(certificate, trust) {
        const bundle = parseTrustText(trust);
        const trusted = { bundle, state: followTrust(bundle, { keccak, recover }), broughtBy: "holder" };
        const subject = parseCertificate(JSON.parse(certificate));
        return JSON.stringify(verifyCertificate({ certificate: subject, kinds: builtInKinds, keccak, recover, trusted }).verdict);
      }`;
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: core },
      bundle: true,
      write: false,
      format: "iife",
      globalName: "hufu",
      platform: "browser",
    });
    const subject = certificate(repaired());
    const texts = { certificate: JSON.stringify(subject), trust: JSON.stringify(trusted().bundle) };
    const page = createContext({ TextEncoder, atob, btoa, ...texts });
    const older = `
      for (const name of ["toHex", "toBase64"]) delete Uint8Array.prototype[name];
      for (const name of ["fromHex", "fromBase64"]) delete Uint8Array[name];`;
    const verdict = runInContext(`${older}${outputFiles[0]!.text}; hufu.verdict(certificate, trust)`, page) as string; // as: the function above gives text
    expect(JSON.parse(verdict)).to.deep.equal(verify(subject).verdict);
  });
});
