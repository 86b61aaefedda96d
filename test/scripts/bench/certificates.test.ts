import { expect } from "chai";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { bundle, gzipSize, timesInChromium } from "../../../scripts/bench/certificate/in-browser.ts";
import { createJudge } from "../../../scripts/bench/certificate/judge.ts";
import { createSpecimen } from "../../../scripts/bench/certificate/specimen.ts";
import { benchCertificates } from "../../../scripts/bench/certificate/certificates.ts";
import { timesOf } from "../../../scripts/bench/certificate/verifier.ts";
import { benchHeaders } from "../../../scripts/bench/headers.ts";
import { parseCertificate } from "../../../core/certificate/certificate.ts";

describe("the benches of certificates and headers", function () {
  this.timeout(240_000);

  it("make a certificate that a gateway could have issued, larger with the ledger, and in force", () => {
    const sizes = [0, 999].map((slots) => {
      const { certificate, trust } = createSpecimen(slots, keccak);
      const text = JSON.stringify(certificate);
      expect(parseCertificate(certificate)).to.deep.equal(certificate);
      const { verdict, checks, hidden } = createJudge(JSON.stringify(trust))(text);
      expect(checks.filter(({ outcome }) => outcome === "INVALID" || outcome === "ERROR")).to.deep.equal([]);
      expect(verdict.code).to.equal("in-force");
      expect(hidden.byHolder).to.deep.equal([]);
      return text.length;
    });
    expect(sizes[1]).to.be.greaterThan(sizes[0] ?? Infinity);
  });

  it("measure no verification that does not come out as it should", () => {
    const { certificate, trust } = createSpecimen(0, keccak);
    const text = JSON.stringify(certificate);
    const judge = createJudge(JSON.stringify(trust));
    expect(timesOf(judge, text, 3)).to.have.length(3);
    expect(() => timesOf(judge, text.replace("B-1", "B-2"), 1)).to.throw("in force");
  });

  it("verify in a Chromium, if there is one, by a script that weighs something", async () => {
    const { certificate, trust } = createSpecimen(0, keccak);
    const script = await bundle("verifier.ts");
    expect(gzipSize(script)).to.be.greaterThan(gzipSize(await bundle("judge.ts")));
    const texts = { certificate: JSON.stringify(certificate), trust: JSON.stringify(trust) };
    const times = await timesInChromium(script, texts, 2);
    if (times !== null) expect(times).to.have.length(2);
  });

  it("weigh and time certificates that a gateway issued, each row by its name", async () => {
    const rows = await benchCertificates({ slots: 10, records: 25, rounds: 2 });
    const names = rows.map(({ name }) => name.replace(": no Chromium here", ""));
    expect(names).to.deep.equal([
      ...["1 slot", "1,000 slots", "10 slots"].map((slots) => `certificate, ledger of ${slots}`),
      ...["issued by the gateway", "the record alone, by the same gateway"],
      ...["verified in Chromium", "verified in Node, plain JavaScript", "verified in Node, WebAssembly"],
      ...["the verifier, with gzip", "the same with every sentence in both languages"],
    ]);
    for (const { name, median } of rows) if (!name.includes("no Chromium")) expect(median).to.be.greaterThan(0);
  });

  it("check sealed headers by workers and without", async () => {
    const rows = await benchHeaders(200, 1);
    expect(rows.map(({ unit }) => unit)).to.deep.equal(["headers/s", "headers/s"]);
    for (const { median } of rows) expect(median).to.be.greaterThan(0);
  });
});
