import { expect } from "chai";
import { builtInKinds } from "../../core/kinds/registry.ts";
import type { Language } from "../../core/messages/sentence.ts";
import { examples } from "../../web/examples/all.ts";
import { foundView } from "../../web/view/found.ts";
import { holderMessages, messagesFor } from "../../web/view/messages.ts";

function draw(name: string, language: Language = "zh-CN", isOffline = false): string {
  const example = examples.find((one) => one.name === name);
  if (example === undefined) throw new Error(`No example is called ${name}.`);
  const context = { ...{ language, isOffline }, kinds: builtInKinds, publicUrl: "https://hufu.example" };
  return (foundView(example.found, context)?.toString() ?? "").replace(/\s+/g, " ");
}

const part = (page: string, name: string): string =>
  new RegExp(`data-part="${name}".*?</section>`).exec(page)?.[0] ?? "";

describe("view of a certificate", () => {
  it("has one list of checks, and says who made them", () => {
    expect(draw("certificate-in-force").match(/data-checked-by="browser"/g)).to.have.length(1);
    expect(draw("in-force")).to.include('data-checked-by="gateway"').and.not.include('data-checked-by="browser"');
  });

  it("shows the decision that the status rests on as proven: reason, date, agency, explanation", () => {
    const standing = part(draw("certificate-ended"), "standings");
    expect(standing).to.include(messagesFor("zh-CN").standingsProven);
    for (const text of ["准予信用修复", '<time datetime="2026-09-09">', "坪山示例公共信用中心（虚构）", "作出信用承诺"])
      expect(standing).to.include(text);
    expect(part(draw("ended-repaired"), "standings")).not.to.include(messagesFor("zh-CN").standingsProven);
  });

  it("shows every record of an amendment chain with its effect, in order", () => {
    const chain = part(draw("certificate-superseded"), "standings");
    const items = [...chain.matchAll(/<li data-effect="(\w+)">.*?<span class="mono">([0-9a-f]{16})…/g)];
    expect(items.map(([, effect, digest]) => [effect, digest])).to.deep.equal([
      ["SUPERSEDED", "3f0c5a1e9b7d4268"],
      ["SUPERSEDED", "b81d2c6a0f4e5799"],
      ["ENDED", "c4a81e6f20d7b359"],
    ]);
  });

  it("has no part for its content where it shows none", () => {
    expect(draw("certificate-in-force")).to.include('data-part="content"');
    expect(draw("certificate-schema-unknown")).not.to.include('data-part="content"');
  });

  it("says so where a status is not explained, or its decision says something else", () => {
    const { lacks } = messagesFor("en").decision;
    expect(draw("certificate-unexplained", "en")).to.include(lacks.unexplained);
    expect(draw("certificate-contradicted", "en")).to.include(lacks.contradicts);
  });

  it("names what a decision does not show, beside what it shows, and how many files are not shown", () => {
    for (const [language, field, files] of [
      ["en", 'Reason <span class="original" lang="zh-CN">原因</span>', "The files that were not shown: 1 of 2."],
      ["zh-CN", "原因", "没有出示的登记文件：2 个中的 1 个。"],
    ] as const) {
      const drawn = draw("certificate-partly-explained", language);
      const { notShown } = messagesFor(language).decision;
      expect(part(drawn, "standings")).to.match(new RegExp(`<dt>${notShown}</dt> <dd>.*<li>${field}</li>`));
      expect(part(drawn, "unknown")).to.include(files);
      expect(part(draw("certificate-ended", language), "standings")).not.to.include(notShown);
    }
  });

  it("says by how many of how many the block is sealed, and never that endorsement is final", () => {
    expect(draw("certificate-in-force", "en")).to.include("Sealed by 3 of 4 validators");
    const endorsed = draw("certificate-endorsed", "en");
    expect(endorsed)
      .to.include("Endorsed by 3 of 4 validators")
      .and.not.match(/(?<!not )\bfinal\b/);
    expect(draw("certificate-development", "en")).to.include("Sealed by nobody but the gateway of a development chain");
  });

  it("names the trust bundle by its words, and whether anybody compared them", () => {
    expect(draw("certificate-in-force")).to.include('data-under="gateway"').and.include('href="#trust"');
    expect(draw("certificate-conflict")).to.include('data-under="holder"');
    expect(draw("certificate-without-trust")).not.to.include("data-under");
  });

  it("lets its reader choose the age, says stale, and offers the evidence of a conflict", () => {
    const stale = draw("certificate-stale");
    expect(stale).to.include('data-verdict="stale"').and.include('<option value="day" selected>');
    expect(draw("certificate-older-status")).to.include('data-verdict="stale"');
    expect(draw("certificate-conflict")).to.include('data-action="save-conflict"');
    expect(stale).not.to.include("save-conflict");
  });

  it("calls two sealed blocks of one height misconduct under QBFT, and not under Clique, where one falls out", () => {
    for (const [language, blame, pardon] of [
      ["en", "This is evidence of misconduct", "one of the two fell, or will fall, out of the chain"],
      ["zh-CN", "这是失职的证据", "其中一个已经或将会退出链"],
    ] as const) {
      const [qbft, clique] = [draw("certificate-conflict", language), draw("certificate-two-branches", language)];
      expect(qbft).to.include('data-conflict="qbft"').and.include(blame).and.not.include(pardon);
      expect(clique)
        .to.include('data-conflict="clique"')
        .and.include(pardon)
        .and.not.match(/evidence|证据/);
      expect(clique).to.include('data-action="save-conflict"').and.include('data-action="renew"');
    }
  });

  it("tells what came of a renewal, and offers to save what is another file than the one that was brought", () => {
    const changed = draw("certificate-renewed-changed");
    expect(changed).to.include('data-renewal="renewed"').and.include("由“有效”变为“已终止”");
    expect(changed).to.include('data-action="save"');
    const refused = draw("certificate-renewal-refused");
    expect(refused).to.include('data-renewal="refused"').and.not.include('data-action="save"');
    expect(draw("certificate-fetched")).to.include('data-origin="fetched"');
    expect(draw("certificate-reduced")).to.include('data-origin="reduced"');
  });

  it("has a box for each field that can be hidden, by its name in the language, and says where none was ticked", () => {
    const hide = (language: Language): string =>
      /data-part="hide".*?<\/details>/.exec(draw("certificate-in-force", language))![0];
    expect(hide("zh-CN")).to.include('value="fineAmountWan"').and.include("罚款金额").and.include("行政处罚决定书.pdf");
    expect(hide("en")).to.include("Fine amount wan");
    expect(draw("certificate-nothing-chosen"))
      .to.include('id="hide-problem"')
      .and.match(/data-part="hide"\s+open/);
    expect(draw("certificate-altered")).not.to.include('data-part="hide"');
  });

  it("offline leads nowhere and renews nothing, and says where that can be done", () => {
    for (const name of ["certificate-superseded", "certificate-ended"]) {
      const page = draw(name, "zh-CN", true);
      expect(page).not.to.include('href="/').and.not.include('data-action="renew"');
      expect(page).to.include(holderMessages("zh-CN").certificate.renewOffline);
    }
  });

  it("offers to take the certificate of what the gateway verified, and not of what has none", () => {
    expect(draw("in-force"))
      .to.include('data-action="take"')
      .and.match(/data-part="take" data-with-script hidden/);
    for (const name of ["accepted", "unknown", "content-erased", "certificate-in-force"])
      expect(draw(name), name).not.to.include('data-action="take"');
  });
});
