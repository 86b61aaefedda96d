import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { pages, readPage, root, validatorsPage } from "./fences.ts";

/** A command of package.json with arguments: up to the end of the line, or of the code within a sentence; a backslash goes on in the next line. */
const withArguments = /\bnpm (?:run )?(?:--silent )?([a-z][a-z:-]*) -- ((?:\\\n|[^`\n])*)/g;

interface Named {
  readonly page: string;
  readonly command: string;
  readonly option: string;
}

function optionsOn(page: string): Named[] {
  return Array.from(readPage(page).matchAll(withArguments)).flatMap(([, command = "", rest = ""]) =>
    Array.from(rest.matchAll(/(?<=^|\s)--[a-z][a-z-]*/g), ([option]) => ({ page, command, option })),
  );
}

describe("a command's options on the pages", function () {
  this.timeout(60_000);
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
  const named = [...pages, validatorsPage].flatMap(optionsOn);

  it("are looked for where they stand", () => {
    expect(named).to.deep.include({ page: validatorsPage, command: "trust", option: "--validator" });
    expect(named).to.deep.include({ page: "docs/operations.md", command: "audit", option: "--state" });
  });

  for (const command of new Set(named.map((one) => one.command)))
    it(`are told by npm run ${command} -- --help`, () => {
      const [, program = ""] = /^(?:exec )?node (\S+\.ts)$/.exec(scripts[command] ?? "") ?? [];
      const { status, stdout } = spawnSync(process.execPath, [program, "--help"], { cwd: root, encoding: "utf8" });
      expect(status, program).to.equal(0);
      const known = Array.from(stdout.matchAll(/(?<=\s)--[a-z][a-z-]*/g), ([option]) => option);
      for (const one of named) if (one.command === command) expect(known, one.page).to.include(one.option);
    });
});
