import { expect } from "chai";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readVector } from "../vectors/read.ts";

interface DigestCase {
  kind: string;
  algorithm: string;
  seed: string;
  expected: { commitments: string[]; digest: string };
}

const page = readFileSync(join(import.meta.dirname, "../../docs/protocol.md"), "utf8");

describe("the protocol's page", () => {
  it("gives commands that print what it says", () => {
    const commands = page.matchAll(/\$ printf '%s\\n%s' (\S+) '(.*)' \| sha256sum\n +([0-9a-f]{64})/g);
    const examples = [...commands];
    expect(examples).to.have.length(2);
    for (const [, domain = "", text = "", printed] of examples)
      expect(createHash("sha256").update(`${domain}\n${text}`).digest("hex")).to.equal(printed);
  });

  it("gives the example that is among the vectors", () => {
    const { cases } = readVector<{ cases: DigestCase[] }>("valid", "record_digest");
    const example = cases.find(({ kind, algorithm }) => kind === "status-decision" && algorithm === "sha-256")!;
    for (const part of [example.seed, example.expected.digest, ...example.expected.commitments.slice(0, 1)])
      expect(page).to.include(part);
  });

  it("names vectors that exist", () => {
    const named = page.matchAll(/`(?:test\/vectors\/valid\/)?((?:json|record|identifier|ledger)_[a-z-]+)\.json`/g);
    const names = new Set(Array.from(named, ([, name = ""]) => name));
    expect(names.size).to.be.at.least(11);
    for (const name of names) expect(readVector<object>("valid", name)).to.be.an("object");
  });
});
