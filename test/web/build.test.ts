import { expect } from "chai";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import express from "express";
import { buildWeb } from "../../scripts/web-build.ts";
import { assetFiles, readAssets } from "../../server/http/assets.ts";

describe("built page", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hufu-build-"));
    await buildWeb(folder);
  });
  after(() => rm(folder, { recursive: true }));

  it("has scripts, a style and a logo, each under a hash of its content, and the same ones again", async () => {
    const names = (await readdir(folder)).sort();
    expect(names).to.have.length(6);
    for (const pattern of [
      /^main-[A-Z0-9]{8}\.js$/,
      /^verifier-[A-Z0-9]{8}\.js$/,
      /^chunk-[A-Z0-9]{8}\.js$/,
      /^page-[A-Z0-9]{8}\.css$/,
      /^logo-[A-Z0-9]{8}\.svg$/,
    ]) {
      expect(
        names.filter((name) => pattern.test(name)),
        String(pattern),
      ).to.have.length(1);
    }
    await buildWeb(folder);
    expect((await readdir(folder)).sort()).to.deep.equal(names);
  });

  /** gzip of a script and of all that it imports before it runs, as it is sent. */
  async function sizeOf(name: string): Promise<number> {
    const bytes = await readFile(join(folder, name));
    const imported = [...bytes.toString().matchAll(/from"\.\/([^"]+)"/g)].map((match) => match[1]!);
    const sizes = await Promise.all([...new Set(imported)].map(sizeOf));
    return sizes.reduce((sum, size) => sum + size, gzipSync(bytes).length);
  }

  it("has a verifier of at most 60 KB, with everything that it needs, and fetches it beside its own script", async () => {
    const [name = ""] = (await readdir(folder)).filter((each) => each.startsWith("verifier-"));
    expect(await sizeOf(name)).to.be.at.most(60_000);
    const script = await readFile(join(folder, basename(readAssets(folder).addresses.script)), "utf8");
    expect(script).to.include(`import("./${name}")`).and.not.include(`from"./${name}"`);
  });

  it("names nothing of another site in its style", async () => {
    const { style } = readAssets(folder).addresses;
    expect(await readFile(join(folder, style.replace("/assets/", "")), "utf8")).not.to.match(/url\(|@import|https?:/);
  });

  it("is served for a year, and a name that is not there is not", async () => {
    const assets = readAssets(folder);
    const server = express().use("/assets", assetFiles(assets)).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const base = `http://127.0.0.1:${String(typeof address === "object" ? address?.port : 0)}`;
    const found = await fetch(base + assets.addresses.script);
    expect(found.status).to.equal(200);
    expect(found.headers.get("cache-control")).to.equal("public, max-age=31536000, immutable");
    expect(found.headers.get("content-type")).to.include("javascript");
    expect((await fetch(`${base}/assets/main-OLD.js`)).status).to.equal(404);
    await new Promise((resolve) => server.close(resolve));
  });

  it("is refused where it was never built, or only half", async () => {
    const empty = await mkdtemp(join(tmpdir(), "hufu-empty-"));
    expect(() => readAssets(empty)).to.throw(/assets\.json/);
    await writeFile(join(empty, "assets.json"), JSON.stringify({ script: "main.js" }));
    expect(() => readAssets(empty)).to.throw(/names no style: build the page again/);
    await rm(empty, { recursive: true });
  });
});
