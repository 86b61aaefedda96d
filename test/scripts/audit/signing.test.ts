import { execFileSync, spawnSync } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { HufuError } from "../../../core/error.ts";
import { publicHex, readOrMakeKey, readPublicKey } from "../../../scripts/audit/signing/key.ts";
import { checkReport, signReport } from "../../../scripts/audit/signing/sign.ts";
import { secondCanonical } from "../../core/second-canonical.ts";
import { sampleReport } from "./sample-report.ts";

const script = join(import.meta.dirname, "../../../scripts/audit.ts");

describe("a signed report", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hufu-audit-"));
    file = join(folder, "key.pem");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is signed with a key that is made once, for its owner alone", () => {
    const first = readOrMakeKey(file);
    const second = readOrMakeKey(file);
    expect([first.isNew, second.isNew]).to.deep.equal([true, false]);
    expect(publicHex(second.key))
      .to.equal(publicHex(first.key))
      .and.match(/^[0-9a-f]{64}$/);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(readdirSync(folder)).to.deep.equal(["key.pem"]);
  });

  it("is verified by whoever knows RFC 8785 and Ed25519, and by us", () => {
    const signed = signReport(sampleReport, readOrMakeKey(file).key);
    const { signature, ...rest } = signed;
    const der = Buffer.from(`302a300506032b6570032100${signature!.publicKey}`, "hex");
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    const text = Buffer.from(secondCanonical(rest), "utf8");
    expect(verify(null, text, key, Buffer.from(signature!.value, "hex"))).to.equal(true);
    const check = checkReport(JSON.stringify(signed, null, 4));
    expect(check).to.include({ isValid: true, publicKey: signature!.publicKey });
  });

  it("is found out where anything in it was changed", () => {
    const signed = signReport(sampleReport, readOrMakeKey(file).key);
    const other = signReport(sampleReport, readOrMakeKey(join(folder, "other.pem")).key);
    const changes: object[] = [
      { outcome: "DIVERGES" },
      { blocks: { from: 1, to: 2 } },
      { extra: true },
      { signature: { ...signed.signature, publicKey: other.signature!.publicKey } },
      { signature: { ...signed.signature, value: other.signature!.value } },
    ];
    for (const change of changes)
      expect(checkReport(JSON.stringify({ ...signed, ...change })), JSON.stringify(change)).to.include({
        isValid: false,
      });
  });

  it("is no report without a signature, of another format, or with a key twice", () => {
    const signed = signReport(sampleReport, readOrMakeKey(file).key);
    const texts = [
      JSON.stringify(sampleReport),
      JSON.stringify({ ...signed, version: 0 }),
      JSON.stringify({ ...signed, signature: { ...signed.signature, algorithm: "none" } }),
      JSON.stringify({ ...signed, signature: { ...signed.signature, value: "ab" } }),
      JSON.stringify(signed).replace("{", '{"outcome":"AGREES",'),
      "[]",
      "{",
    ];
    for (const text of texts)
      expect(
        codeOf(() => checkReport(text)),
        text.slice(0, 60),
      ).to.equal("INVALID_REQUEST");
  });

  it("takes a public key as digits and as PEM, and no other key", () => {
    const { key } = readOrMakeKey(file);
    const pem = createPublicKey(key).export({ type: "spki", format: "pem" });
    const [digits, text, rsa] = ["hex", "pem", "rsa"].map((name) => join(folder, name));
    writeFileSync(digits!, `${publicHex(key).toUpperCase()}\n`);
    writeFileSync(text!, pem);
    for (const written of [digits!, text!]) expect(readPublicKey(written)).to.equal(publicHex(key));
    execFileSync("openssl", ["genpkey", "-algorithm", "RSA", "-out", rsa!], { stdio: "ignore" });
    expect(codeOf(() => readPublicKey(rsa!))).to.equal("INVALID_REQUEST");
    expect(codeOf(() => readOrMakeKey(rsa!))).to.equal("INVALID_REQUEST");
    expect(codeOf(() => readOrMakeKey(join(folder, "none", "key")))).to.equal("INVALID_REQUEST");
    expect(existsSync(join(folder, "none"))).to.equal(false);
  });

  it("is checked on the command line: 0 signed, 1 changed or another's, 2 no report", () => {
    const { key } = readOrMakeKey(file);
    const report = join(folder, "report.json");
    const keys = { own: join(folder, "own"), other: join(folder, "other") };
    writeFileSync(keys.own, publicHex(key));
    writeFileSync(keys.other, "ab".repeat(32));
    const signed = signReport(sampleReport, key);
    const check = (value: object, ...more: string[]) => {
      writeFileSync(report, JSON.stringify(value));
      return spawnSync(process.execPath, [script, "--check", report, ...more], { encoding: "utf8" });
    };
    expect(check(signed)).to.deep.include({ status: 0 }).and.have.property("stdout").that.includes("SIGNED");
    expect(check(signed, "--public-key", keys.own)).to.deep.include({ status: 0 });
    expect(check(signed, "--public-key", keys.other)).to.deep.include({ status: 1 });
    expect(check({ ...signed, outcome: "ERROR" })).to.deep.include({ status: 1 });
    expect(check(sampleReport)).to.deep.include({ status: 2 });
  }).timeout(60_000);
});

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof HufuError) return error.code;
    throw error;
  }
  throw new Error("it did not fail");
}
