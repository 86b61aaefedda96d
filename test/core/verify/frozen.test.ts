import { expect } from "chai";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCertificate } from "../../../core/certificate/certificate.ts";
import { parseJson } from "../../../core/json/parse.ts";
import { parseTrustText } from "../../../core/trust/bundle.ts";
import type { Seen } from "../../../core/verify/seen.ts";
import { isGenuine } from "../../../core/verify/verdict.ts";
import { outcomes, trustedOf, verify } from "./sample.ts";

/** What a frozen file holds beside a certificate that is read as any other. */
interface Frozen {
  readonly certificate: unknown;
  readonly trust: string | null;
  readonly now?: string;
  readonly maxAgeSeconds?: number;
  readonly seen?: Seen;
  /** `says`: the rest of a genuine record's verdict */
  readonly expected: { readonly says?: object };
}

const folder = join(import.meta.dirname, "../../vectors/certificates");
const namesIn = (sort: string): string[] => readdirSync(join(folder, sort)).toSorted();
const textOf = (path: string): string => readFileSync(join(folder, path), "utf8");

for (const sort of ["valid", "invalid"]) {
  describe(`frozen certificates: ${sort}`, () => {
    for (const name of namesIn(sort))
      it(name, () => {
        const frozen = parseJson(textOf(`${sort}/${name}`)) as unknown as Frozen; // as: the project's own file
        const { certificate, trust, expected, now, maxAgeSeconds, seen } = frozen;
        const found = verify(parseCertificate(certificate), {
          trusted: trust === null ? undefined : trustedOf(parseTrustText(textOf(`trust/${trust}.json`))),
          ...(now !== undefined && { now }),
          ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
          ...(seen !== undefined && { seen }),
        });
        const { code, cause, ...says } = found.verdict;
        const more = expected.says === undefined ? {} : { says, hidden: found.hidden };
        expect({ verdict: code, cause, checks: outcomes(found), ...more }).to.deep.equal(expected);
        expect(isGenuine(code)).to.equal(sort === "valid");
      });
  });
}

it("frozen certificates stay as they were when people took them home", () => {
  const files = ["trust", "valid", "invalid"].flatMap((sort) => namesIn(sort).map((name) => `${sort}/${name}`));
  const sums = files.map((file) => `${createHash("sha256").update(textOf(file)).digest("hex")}  ${file}`);
  expect(sums.toSorted()).to.deep.equal(textOf("sha256.txt").trimEnd().split("\n"));
});
