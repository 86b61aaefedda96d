import { expect } from "chai";
import fc from "fast-check";
import { html } from "../../web/view/html.ts";
import { propertyRuns } from "../runs.ts";

const decode = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

describe("html", () => {
  it("escapes every value and keeps its own markup", () => {
    expect(html`<b title="${'"><script>'}">${"a & b"}</b>`.toString()).to.equal(
      '<b title="&quot;&gt;&lt;script&gt;">a &amp; b</b>',
    );
  });

  it("lets markup made by itself through once, in lists too", () => {
    const items = ["<i>", "b"].map((item) => html`<li>${item}</li>`);
    expect(html`${items} ${[items]}`.toString()).to.equal("<li>&lt;i&gt;</li><li>b</li> <li>&lt;i&gt;</li><li>b</li>");
  });

  it("writes nothing for null, undefined and false, and writes 0", () => {
    expect(html`[${null}${undefined}${false}${0}]`.toString()).to.equal("[0]");
  });

  it("does not take an object that looks like markup for markup", () => {
    const forged = JSON.parse('["<script>"]') as string[]; // as: a list of strings stands in the line above
    expect(html`${forged}`.toString()).to.equal("&lt;script&gt;");
  });

  it("loses nothing and lets no markup through, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const rendered = html`<p a="${value}">${value}</p>`.toString();
        const [, attribute, content] = /^<p a="([^"]*)">([^<]*)<\/p>$/.exec(rendered) ?? [];
        expect(decode(attribute ?? "missing")).to.equal(value);
        expect(decode(content ?? "missing")).to.equal(value);
      }),
      { numRuns: propertyRuns },
    );
  });
});
