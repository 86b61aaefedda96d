import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fencesOf, isRunnable, pages, readPage, root, validatorsPage } from "./fences.ts";

/** Commands that a page names outside of what examples.test.ts runs. */
const commands = /\bnpm (?:run )?(?:--silent )?([a-z][a-z:-]*)/g;

describe("the pages", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };

  for (const page of pages)
    it(`${page} has blocks that something here tries`, () => {
      for (const fence of fencesOf(page)) {
        expect(fence.language, `line ${fence.line}`).to.be.oneOf(["", "sh", "json"]);
        if (fence.language === "json")
          expect(() => JSON.parse(fence.text) as unknown, `line ${fence.line}`).not.to.throw();
        if (fence.language !== "sh" || isRunnable(fence)) continue;
        const lines = fence.text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
        for (const line of lines)
          expect(line, `line ${fence.line}`).to.match(/^(?:(?:HUFU_[A-Z]+=\S+ )*npm|git clone|cd) /);
      }
    });

  for (const page of [...pages, validatorsPage]) {
    it(`${page} names commands that exist`, () => {
      const named = Array.from(readPage(page).matchAll(commands), ([, name]) => name);
      const own = named.filter((name) => !["run", "and", "install", "ci", "packages"].includes(name!));
      expect(Object.keys(scripts)).to.include.members(own);
    });

    it(`${page} leads to files that exist`, () => {
      for (const [, target = ""] of readPage(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
        if (/^https?:/.test(target)) continue;
        expect(existsSync(join(root, dirname(page), target)), target).to.equal(true);
      }
    });
  }

  it("say what each vector holds", () => {
    const listed = readPage("test/vectors/README.md");
    for (const file of readdirSync(join(root, "test/vectors/valid"))) expect(listed).to.include(`\`${file}\``);
    for (const file of readdirSync(join(root, "test/vectors/invalid")))
      expect(listed).to.include(`\`${file.split("_")[0]!}_*.json\``);
  });

  it("have examples to run, of the API and of the audit", () => {
    const runnable = pages.flatMap(fencesOf).filter(isRunnable);
    expect(new Set(runnable.map(({ page }) => page))).to.include("README.md");
    expect(runnable.map(({ text }) => text).join("")).to.match(/curl[\s\S]*npm run audit/);
  });
});
