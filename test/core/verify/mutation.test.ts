import { expect } from "chai";
import fc from "fast-check";
import { randomInt } from "node:crypto";
import { parseCertificate, type Certificate } from "../../../core/certificate/certificate.ts";
import { HufuError } from "../../../core/error.ts";
import { parseJson, toJsonValue } from "../../../core/json/parse.ts";
import type { Verification } from "../../../core/verify/report.ts";
import { isGenuine } from "../../../core/verify/verdict.ts";
import { fastTools } from "../proofs/sealed-chain.ts";
import { propertyRuns } from "../../runs.ts";
import type { ChainType } from "./chain.ts";
import { mutationOf } from "./mutations.ts";
import { certificate, rememberedRecover, trusted, verify } from "./sample.ts";
import { amended, annotated, repaired, replaced, withdrawn } from "./scenes.ts";
import { signed } from "./signed.ts";
import { isNoBetter } from "./truth.ts";

/** What may become of a text: undefined where it is no certificate. */
function verified(text: string, chain: ChainType): Verification | undefined {
  let subject: Certificate;
  try {
    subject = parseCertificate(parseJson(text));
  } catch (error) {
    if (error instanceof HufuError) return undefined;
    throw error;
  }
  return verify(subject, { keccak: fastTools.keccak, recover: rememberedRecover, trusted: trusted(chain) });
}

/** Neither proven nor said in a verdict: where the batch was anchored, and who issued the file. */
function bound(text: string): unknown {
  const { evidence: _, issuedBy: __, ...rest } = parseCertificate(parseJson(text));
  return rest;
}

const subjects: Record<string, [ChainType, Certificate]> = {
  "of a repaired record, signed, under QBFT": ["qbft", signed(certificate(repaired()))],
  "in force under Clique": ["clique", certificate({ consensus: "clique", size: 2 })],
  "superseded on a development chain": ["development", certificate({ ...amended(1), consensus: "development" })],
};

/** In CI every place; at a desk one in so many, and other ones each time: where they begin stands in the tests' names. */
const stride = propertyRuns < 10_000 ? 97 : 1;
const first = randomInt(stride);
const places = stride === 1 ? "at every place" : `at each ${stride}th place from ${first} on`;

/** What takes the place of a character: never itself, and a digit for a digit, so that what reads the text gets far. */
function otherThan(old: string): string {
  if (/[0-9a-f]/.test(old)) return old === "0" ? "1" : "0";
  return old === "A" ? "B" : "A";
}

const replacements = '0123456789abcdefABCXYZ"\\{}[],:证';

describe("a certificate with one character changed", () => {
  const texts = Object.entries(subjects).map(([what, [chain, honest]]) => {
    const text = JSON.stringify(honest);
    return { what, chain, text, truth: verified(text, chain)! };
  });

  /** It says nothing better than before, and is genuine only where all that is bound is as it was. */
  function expectHeld({ chain, text, truth }: (typeof texts)[number], at: number, by: string): void {
    const changed = text.slice(0, at) + by + text.slice(at + 1);
    const found = verified(changed, chain);
    if (found === undefined || !isGenuine(found.verdict.code)) return;
    expect(isNoBetter(found, truth), `${at}: ${by}`).to.equal(true);
    expect(bound(changed), `${at}: ${by}`).to.deep.equal(bound(text));
  }

  for (const honest of texts)
    it(`${honest.what}: ${places}`, () => {
      expect(isGenuine(honest.truth.verdict.code)).to.equal(true);
      for (let at = first; at < honest.text.length; at += stride) {
        const by = otherThan(honest.text[at]!);
        expect(by).not.to.equal(honest.text[at]);
        expectHeld(honest, at, by);
      }
    }).timeout(300_000);

  it("anywhere, to anything", () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.constantFrom(...replacements), (honest, place, by) => {
        const at = place % honest.text.length;
        fc.pre(honest.text[at] !== by);
        expectHeld(honest, at, by);
      }),
      { numRuns: propertyRuns },
    );
  }).timeout(120_000);
});

describe("a certificate with parts dropped, doubled, moved, swapped, or taken from others of its kind", () => {
  const scenes = [repaired(), annotated(), withdrawn(), amended(2), replaced()];
  const honest = scenes.map((scene, index) => signed(certificate({ ...scene, block: { number: 91 + index } })));
  const all = [...honest, signed(certificate())];
  const truths = all.map((one) => verified(JSON.stringify(one), "qbft")!);

  it("says nothing better than one of them", () => {
    const mutated = fc.oneof(
      ...honest.map((one) =>
        fc.tuple(fc.constant(one), fc.array(mutationOf(one, all), { minLength: 1, maxLength: 3 })),
      ),
    );
    fc.assert(
      fc.property(mutated, ([one, mutations]) => {
        const changed = structuredClone(toJsonValue(one));
        for (const { apply } of mutations) apply(changed);
        const found = verified(JSON.stringify(changed), "qbft");
        if (found !== undefined) expect(truths.some((truth) => isNoBetter(found, truth))).to.equal(true);
      }),
      { numRuns: propertyRuns },
    );
  }).timeout(120_000);
});
