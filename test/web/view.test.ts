import { expect } from "chai";
import { builtInKinds } from "../../core/kinds/registry.ts";
import { languages, type Language } from "../../core/messages/sentence.ts";
import { examples } from "../../web/examples/all.ts";
import type { Example } from "../../web/examples/base.ts";
import type { Result } from "../../web/state.ts";
import { pageDocument } from "../../web/view/document.ts";
import { messagesFor } from "../../web/view/messages.ts";
import { problemText } from "../../web/view/problems.ts";
import { verdictWord } from "../../web/view/verdict.ts";
import { escapeText } from "../../web/view/html.ts";

const assets = { script: "/assets/main-A.js", style: "/assets/page-B.css", logo: "/assets/logo-C.svg" };
const contextIn = (language: Language) => ({
  language,
  kinds: builtInKinds,
  publicUrl: "https://hufu.example",
  isOffline: false,
});

/** Markup without the white space of its source. */
function draw(example: Example, language: Language): string {
  const state = { found: example.found, values: example.values ?? {} };
  return pageDocument(state, assets, contextIn(language), (other) => `/?lang=${other}`)
    .toString()
    .replace(/\s+/g, " ")
    .replaceAll("> <", "><")
    .replaceAll(" >", ">");
}

function resultOf(name: string): Result {
  const found = examples.find((example) => example.name === name)?.found;
  if (found?.is !== "result") throw new Error(`No example of a result is called ${name}.`);
  return found.result;
}

const drawNamed = (name: string, language: Language = "zh-CN"): string =>
  draw(
    examples.find((example) => example.name === name)!,
    language,
  );
const voidElements = new Set(["meta", "link", "img", "input", "path", "circle"]);

/** Tags that are opened and not closed, or closed in another order; empty when the markup is well formed. */
function unbalanced(markup: string): readonly string[] {
  const open: string[] = [];
  for (const [, closing, name, rest] of markup.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/g,
  )) {
    if (voidElements.has(name!)) continue;
    if (closing === "") open.push(name!);
    else if (open.pop() !== name) return [`</${name!}>${rest!}`];
  }
  return open;
}

describe("view", () => {
  it("has an example for every verdict", () => {
    const shown = examples.map(({ found }) => (found.is === "result" ? found.result.verdict : found.is));
    expect(shown).to.include.members(Object.keys(messagesFor("en").word));
  });

  it("has an example for every problem", () => {
    const shown = examples.flatMap(({ found }) =>
      found.is === "problems" ? found.problems.map((problem) => problem.code) : [],
    );
    expect(shown).to.have.members(Object.keys(messagesFor("en").problem));
  });

  it("has its examples under names of their own", () => {
    expect(new Set(examples.map((example) => example.name)).size).to.equal(examples.length);
  });

  for (const language of languages) {
    for (const example of examples) {
      describe(`${example.name} in ${language}`, () => {
        const page = draw(example, language);
        it("is well formed, in its language, with one h1 and ids of their own", () => {
          expect(page).to.match(new RegExp(`^<!doctype html>\\s*<html lang="${language}">`));
          expect(unbalanced(page)).to.deep.equal([]);
          expect(page.match(/<h1[ >]/g)).to.have.length(1);
          const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
          expect(new Set(ids).size, ids.join()).to.equal(ids.length);
        });
        it("shows nothing that is no text", () => expect(page).not.to.match(/undefined|\[object|NaN|=> /));
        it("has no inline script, style or handler, and leads nowhere else", () => {
          expect(page).not.to.match(/\sstyle=|<style|\son\w+=|javascript:|<script(?! type="module" src="\/assets\/)/);
          for (const [, address] of page.matchAll(/\s(?:href|src|action)="([^"]*)"/g))
            expect(address).to.match(/^(\/(?!\/)|#)/);
        });
        it("ties every label, hint and problem to something that is there", () => {
          const ids = new Set([...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]!));
          for (const [, list] of page.matchAll(/ (?:for|aria-describedby|aria-labelledby)="([^"]*)"/g)) {
            for (const id of list!.split(" ")) expect(ids.has(id), id).to.equal(true);
          }
          for (const [, id] of page.matchAll(/href="#([^"]*)"/g)) expect(ids.has(id!), id).to.equal(true);
        });
        if (example.found.is === "result") {
          const { result } = example.found;
          it("says the verdict as word, as sentence in both languages, and what it does not know", () => {
            expect(page).to.include(`<span>${escapeText(verdictWord(result, contextIn(language)))}</span>`);
            for (const each of languages) expect(page).to.include(escapeText(result.sentence[each]));
            expect(page).to.include(messagesFor(language).unknownTitle);
            const open = /data-part="unknown".*?<\/section>/.exec(page)?.[0] ?? "";
            expect(open.match(/<li>[^<]+<\/li>/g)).to.have.length.at.least(1);
            for (const { sentence } of result.unknown) expect(open).to.include(escapeText(sentence[language]));
          });
          it("shows every check with its outcome as a word", () => {
            for (const check of result.checks) {
              expect(page).to.include(`data-check="${check.id}" data-outcome="${check.outcome}"`);
              expect(page).to.include(escapeText(check.sentence[language]));
            }
          });
        }
        if (example.found.is === "problems") {
          const { problems } = example.found;
          it("sums the problems up, says them in the title, and at their fields", () => {
            expect(page).to.include(`<title>${messagesFor(language).problemTitle}`);
            for (const problem of problems) {
              const text = escapeText(problemText(problem, contextIn(language)));
              expect(page).to.include(`data-problem="${problem.code}"`);
              expect(page.split(text).length - 1).to.equal(problem.field === undefined ? 1 : 2);
              if (problem.field) expect(page).to.include(`<a href="#${problem.field}">`);
            }
          });
        }
      });
    }
  }

  it("names fields and values in Chinese, in the kind's order, with units", () => {
    const page = drawNamed("in-force");
    expect(page).to.include("<dt>行政相对人名称</dt>").and.include("法人及非法人组织").and.include("0.500000 万元");
    expect(page.indexOf("违法事实")).to.be.lessThan(page.indexOf("处罚依据"));
  });

  it("names fields in English with the law's own name beside it", () => {
    expect(drawNamed("in-force", "en")).to.include(
      'Counterpart name <span class="original" lang="zh-CN">行政相对人名称</span>',
    );
  });

  it("draws lists of objects member by member, and a field that it does not know under its own name", () => {
    const page = drawNamed("land-agreement");
    expect(page).to.include("<dt>付款条件</dt>").and.include("移交后三十日内").and.include("<dt>fieldOfTomorrow</dt>");
    expect(page).to.include("陈*").and.not.include("<dt>证件号码</dt><dd></dd>");
  });

  it("names what the law withholds", () => {
    const part = /data-part="not-shown".*?<\/section>/s.exec(drawNamed("in-force"))?.[0];
    expect(part).to.include("依法不公开的项目").and.include("法定代表人证件号码").and.not.include("证书没有出示");
  });

  for (const name of ["ended-repaired", "withdrawn", "not-published", "deadline-passed", "content-erased"]) {
    it(`keeps the content back and says why: ${name}`, () => {
      const { contentHidden } = resultOf(name);
      const page = drawNamed(name);
      expect(page).to.include(messagesFor("zh-CN").hidden[contentHidden!]).and.not.include("违法事实");
    });
  }

  it("says credit repaired rather than ended, and links the decision as a record", () => {
    const page = drawNamed("ended-repaired");
    expect(page).to.include("真实，信用已修复").and.include("准予信用修复").and.include('<time datetime="2026-09-09">');
    expect(page).to.include(`href="/r/${resultOf("ended-repaired").record!.status.decision!.digest}"`);
  });

  it("leads from a superseded record to the newer one", () => {
    expect(drawNamed("superseded", "en")).to.include(`href="/r/${resultOf("superseded").record!.amendedBy!}?lang=en"`);
  });

  it("leads to the record that a decision puts in its place", () => {
    const { successor } = resultOf("superseded-by-decision").record!.status.decision!;
    expect(drawNamed("superseded-by-decision")).to.include(`href="/r/${successor!}"`);
  });

  it("says that a change is under way and not counted", () => {
    expect(drawNamed("change-pending")).to.include("另有 1 项效力变动").and.include("尚未上链");
  });

  it("names the citizen's file and marks it in the list", () => {
    expect(drawNamed("file-matched")).to.include("处罚决定书（扫描）.pdf").and.include('<li class="matched">');
    expect(drawNamed("in-force")).not.to.include('class="matched"');
  });

  it("lists several matches by agency, each with its page", () => {
    const page = drawNamed("several-matches");
    expect(page.match(/<a href="\/r\/[0-9a-f]{64}" lang="zh-CN">/g)).to.have.length(2);
    expect(page).to.include("坪山示例住房建设局（虚构）");
  });

  it("keeps what was typed, and never says forged of what it did not find", () => {
    const page = drawNamed("no-document");
    expect(page)
      .to.include('value="深坪示市监罚〔2026〕999号"')
      .and.include('<option value="credit-penalty" selected>');
    expect(page).to.include("没有找到不等于是假的");
  });

  it("explains without script what needs script", () => {
    const page = drawNamed("start");
    expect(page)
      .to.include("需要启用 JavaScript")
      .and.match(/<div data-with-script hidden>/);
  });

  it("does not read markup out of a record", () => {
    const hostile = resultOf("in-force");
    const content = { ...hostile.content, remark: "<img src=x onerror=alert(1)>" };
    const page = draw(
      { name: "hostile", found: { is: "result", result: { ...hostile, content, documentNumber: '"><script>' } } },
      "en",
    );
    expect(page).not.to.match(/<img src=x|"><script>/);
    expect(page).to.include("&lt;img src=x onerror=alert(1)&gt;");
  });
});
