import { spawnSync } from "node:child_process";
import { expect } from "chai";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { HufuError } from "../../../core/error.ts";
import { findGeth, installGeth } from "../../../scripts/network/geth-binary.ts";
import { until } from "../../network/until.ts";

/** Undefined: the file is not there, or not yet written. */
function numberIn(file: string): number | undefined {
  return existsSync(file) ? Number(readFileSync(file, "utf8")) || undefined : undefined;
}

/** Also where nobody has waited for it: then /proc has it still, without a command line. */
function hasEnded(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8") === "";
  } catch {
    return true;
  }
}

describe("geth", function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "hufu-geth-"))));
  afterEach(() => rmSync(root, { recursive: true }));

  /** A program of the shell in a folder of its own; the folder. */
  function program(folder: string, name: string, ...lines: string[]): string {
    const path = join(root, folder);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, name), ["#!/bin/sh", ...lines, ""].join("\n"));
    chmodSync(join(path, name), 0o755);
    return path;
  }
  const geth = (folder: string, version: string): string =>
    program(folder, "geth", "echo Geth", `echo 'Version: ${version}-stable'`);
  const folderOf = (name: string): string => join(root, name);

  it("is the first on PATH of a version with Clique, else the project's own", () => {
    const [newer, older, right] = [geth("a", "1.14.0"), geth("b", "1.10.26"), geth("c", "1.13.4")];
    const none = join(root, "none");
    const searchPath = [none, newer, older, right].join(delimiter);
    expect(findGeth({ searchPath, folder: none })).to.equal(join(right, "geth"));
    const own = geth("own", "1.13.15");
    expect(findGeth({ searchPath: [newer, older].join(delimiter), folder: own })).to.equal(join(own, "geth"));
    expect(findGeth({ searchPath: newer, folder: none })).to.equal(null);
    expect(findGeth({ searchPath: "", folder: none })).to.equal(null);
  });

  it("is built by Go, told what its linker has to hear since 1.23", async () => {
    for (const [go, flag] of [
      ["go1.26.8", "-ldflags=-checklinkname=0"],
      ["go1.22.1", "github.com/ethereum/go-ethereum/cmd/geth@v1.13.15"],
    ] as const) {
      const folder = folderOf(`built by ${go}`);
      const tools = program(
        go,
        "go",
        `if [ "$1" = version ]; then echo 'go version ${go} linux/amd64'; exit; fi`,
        `echo "$@" > '${root}/said'`,
        'echo "crypto/sha256" >&2',
        `printf '#!/bin/sh\\necho "Version: 1.13.15-stable"\\n' > "$GOBIN/geth"`,
        '/bin/chmod 755 "$GOBIN/geth"',
      );
      const said: string[] = [];
      const found = await installGeth({ searchPath: tools, folder, say: (line) => said.push(line) });
      expect(found).to.equal(join(folder, "geth"));
      expect(readFileSync(join(root, "said"), "utf8").split(" ")[2]?.trim()).to.equal(flag);
      expect(said).not.to.have.length(0);
    }
  });

  it("is built no further when that is given up: Go and its compilers end, and their files go", async () => {
    const tools = program(
      "slow",
      "go",
      `if [ "$1" = version ]; then echo 'go version go1.26.8 linux/amd64'; exit; fi`,
      'echo "half" > "$TMPDIR/compiled"',
      `sh -c 'echo $$ > "${root}/compiler"; exec sleep 1000' &`,
      "wait",
    );
    const folder = folderOf("given up");
    const stop = new AbortController();
    const searchPath = [tools, "/usr/bin", "/bin"].join(delimiter);
    const building = installGeth({ searchPath, folder, say: () => undefined, signal: stop.signal }).catch(
      (error: unknown) => error,
    );
    const compiler = await until(20, "the compiler", () => Promise.resolve(numberIn(join(root, "compiler"))));
    stop.abort();
    expect(await building).to.equal(stop.signal.reason);
    expect(readdirSync(folder)).to.deep.equal([]);
    await until(20, "its end", () => Promise.resolve(hasEnded(compiler) || undefined));
  });

  it("is built by several at once, each in a folder of its own, and what a killed one has left goes", async () => {
    const tools = program(
      "twice",
      "go",
      `if [ "$1" = version ]; then echo 'go version go1.26.8 linux/amd64'; exit; fi`,
      `echo "$TMPDIR" >> '${root}/began'`,
      `turn=0; until [ "$(/usr/bin/wc -l < '${root}/began')" -ge 2 ] || [ $turn -ge 100 ]; do`,
      "turn=$((turn + 1)); /bin/sleep 0.1; done",
      'echo "half" > "$TMPDIR/compiled"',
      `printf '#!/bin/sh\\necho "Version: 1.13.15-stable"\\n' > "$TMPDIR/geth"`,
      '/bin/chmod 755 "$TMPDIR/geth"; /bin/mv "$TMPDIR/geth" "$GOBIN"',
    );
    const folder = folderOf("shared");
    const { pid } = spawnSync("true"); // it has ended, and been waited for
    const alive = `work-${process.pid}-other`;
    for (const name of [`work-${pid}-left`, alive]) mkdirSync(join(folder, name), { recursive: true });
    const install = (): Promise<string> => installGeth({ searchPath: tools, folder, say: () => undefined });
    expect(await Promise.all([install(), install()])).to.deep.equal(Array(2).fill(join(folder, "geth")));
    expect(new Set(readFileSync(join(root, "began"), "utf8").trim().split("\n")).size).to.equal(2);
    expect(readdirSync(folder).sort()).to.deep.equal(["geth", alive]);
  });

  it("is missed by name where neither it nor Go is there, and where Go fails with what Go said", async () => {
    const failing = program(
      "failing",
      "go",
      `if [ "$1" = version ]; then echo 'go version go1.26.8 linux/amd64'; exit; fi`,
      "echo 'no such host: proxy.example' >&2",
      "exit 3",
    );
    const attempts: [string, string][] = [
      [folderOf("empty"), "Go"],
      [failing, "proxy.example"],
    ];
    for (const [searchPath, why] of attempts) {
      const failure = await installGeth({ searchPath, folder: folderOf("own"), say: () => undefined }).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).to.be.instanceOf(HufuError).and.to.include({ code: "CHAIN_BINARY_MISSING" });
      expect(failure).to.have.property("message").that.includes(why);
    }
  });
});
