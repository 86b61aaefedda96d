import { expect } from "chai";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleOf } from "../../core/verify/chain.ts";

const script = join(import.meta.dirname, "../../../scripts/verifier-build.ts");

interface Run {
  readonly code: number;
  readonly out: string;
  readonly told: string;
}

function run(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], (_error, out, told) =>
      resolve({ code: child.exitCode ?? -1, out, told }),
    );
  });
}

describe("build of the offline verifier", function () {
  this.timeout(60_000);
  let folder: string;
  let trust: string;
  const file = (name: string): string => join(folder, name);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hufu-build-verifier-"));
    trust = file("trust.json");
    await writeFile(trust, JSON.stringify(bundleOf()));
  });
  after(() => rm(folder, { recursive: true }));

  it("writes one file with nothing outside itself, allowed by the hashes of just its script and style", async () => {
    const { code, out } = await run("--out", file("deep/a.html"), "--json");
    expect(code).to.equal(0);
    const text = await readFile(file("deep/a.html"), "utf8");
    const sha256 = createHash("sha256").update(text).digest("hex");
    const told = { file: file("deep/a.html"), bytes: Buffer.byteLength(text), sha256, fingerprint: null };
    expect(JSON.parse(out)).to.deep.equal(told);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)![1]!.replaceAll("&#39;", "'");
    expect(policy)
      .to.match(/^default-src 'none'; /)
      .and.not.match(/unsafe|https?:|'self'|\*|connect-src/);
    const hashOf = (pattern: RegExp): string =>
      `'sha256-${createHash("sha256").update(pattern.exec(text)![1]!).digest("base64")}'`;
    expect(policy).to.include(`script-src ${hashOf(/<script>([^]*?)<\/script>/)};`);
    expect(policy).to.include(`style-src ${hashOf(/<style>([^]*?)<\/style>/)};`);
    expect(text.replace(/<script>[^]*?<\/script>/, "")).not.to.match(/\s(?:src|href)="(?!data:)/);
  });

  it("makes the same bytes of the same sources, and other bytes with a trust bundle in it", async () => {
    const made = [
      await run("--json", "--out", file("b.html")),
      await run("--json", "--out", file("c.html"), "--trust", trust),
    ];
    const [plain, built] = made.map(({ out }) => JSON.parse(out));
    expect((await readFile(file("b.html"))).equals(await readFile(file("deep/a.html")))).to.equal(true);
    expect(built.sha256).not.to.equal(plain.sha256);
    expect(built.fingerprint).to.deep.equal(bundleOf().fingerprint);
    const inside = /<script type="application\/json" id="built-in">([^]*?)<\/script>/.exec(
      await readFile(file("c.html"), "utf8"),
    );
    expect(JSON.parse(inside![1]!)).to.deep.equal(bundleOf());
  });

  it("lets no name in a bundle end its element", async () => {
    const hostile = bundleOf("qbft", { agencies: [{ uscc: "11440310XX0001011N", name: "</script><b>" }] });
    await writeFile(file("hostile.json"), JSON.stringify(hostile));
    expect((await run("--out", file("d.html"), "--trust", file("hostile.json"))).code).to.equal(0);
    expect(await readFile(file("d.html"), "utf8")).not.to.include("</script><b>");
  });

  const unproven = { ...bundleOf().genesis, hash: `0x${"1".repeat(64)}` } as const;
  const refused: readonly (readonly [string, object])[] = [
    ["that was altered", { ...bundleOf(), chainId: 9 }],
    ["that does not prove itself", bundleOf("qbft", { genesis: unproven })],
  ];
  for (const [name, bundle] of refused) {
    it(`refuses a bundle ${name}, and writes nothing`, async () => {
      await writeFile(file("refused.json"), JSON.stringify(bundle));
      const { code, told } = await run("--trust", file("refused.json"), "--out", file("none.html"));
      expect([code, existsSync(file("none.html"))]).to.deep.equal([2, false]);
      expect(told).to.include("refused.json");
    });
  }

  it("answers 2 to what it cannot use, and 0 to a cry for help", async () => {
    expect((await run("--trust", file("nowhere.json"), "--out", file("none.html"))).code).to.equal(2);
    expect((await run("--out", folder)).code).to.equal(2);
    expect((await run("--colour")).code).to.equal(2);
    expect((await run("extra")).code).to.equal(2);
    const { code, out } = await run("--help");
    expect(code).to.equal(0);
    expect(out).to.include("Exit codes:");
  });
});
