import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outcomes } from "../sample.ts";
import { cases } from "./all.ts";
import { trustNames, type Case } from "./case.ts";
import { trustNamed } from "./trust.ts";
import { verified } from "./verified.ts";

/**
 * Writes the frozen certificates anew, always the same ones: `node test/core/verify/cases/freeze.ts`. Whoever has to run it has made
 * certificates that people keep invalid, or has added a case.
 */
const folder = join(import.meta.dirname, "../../../vectors/certificates");
const sums: string[] = [];

/** Each member on a line of its own: a certificate is for programs. */
function write(sort: string, name: string, content: object): void {
  const members = Object.entries(content).filter(([, value]) => value !== undefined);
  const lines = members.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const text = `{\n${lines.join(",\n")}\n}\n`;
  writeFileSync(join(folder, sort, `${name}.json`), text);
  sums.push(`${createHash("sha256").update(text).digest("hex")}  ${sort}/${name}.json`);
}

function frozen(made: Case, isGenuine: boolean): object {
  const { certificate, trust = "qbft", now, maxAgeSeconds, seen } = made;
  const found = verified(made);
  const { code, cause, ...says } = found.verdict;
  const expected = { verdict: code, cause, checks: outcomes(found), ...(isGenuine && { says, hidden: found.hidden }) };
  return { certificate, trust, now, maxAgeSeconds, seen, expected };
}

for (const sort of ["trust", "valid", "invalid"]) {
  rmSync(join(folder, sort), { recursive: true, force: true });
  mkdirSync(join(folder, sort));
}
for (const name of trustNames) write("trust", name, trustNamed(name).bundle);
for (const [name, make] of Object.entries(cases.valid)) write("valid", name, frozen(make(), true));
for (const [name, make] of Object.entries(cases.invalid)) write("invalid", `invalid_${name}`, frozen(make(), false));
writeFileSync(join(folder, "sha256.txt"), `${sums.toSorted().join("\n")}\n`);
