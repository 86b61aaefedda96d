import { expect } from "chai";
import fc from "fast-check";
import {
  isCitizenId,
  isDay,
  isOrgCode,
  isRecordId,
  isRecordRef,
  isUscc,
  looksLikeCitizenId,
  normaliseDocumentNumber,
  USCC_PLACEHOLDER,
} from "../../../core/record/identifiers.ts";
import { propertyRuns } from "../../runs.ts";
import { readVector, vectorReasons } from "../../vectors/read.ts";

const checks: Record<string, (code: string) => boolean> = {
  uscc: isUscc,
  "org-code": isOrgCode,
  "citizen-id": isCitizenId,
};
const valid = (name: string): string[] => readVector<{ cases: string[] }>("valid", `identifier_${name}`).cases;

describe("check characters", () => {
  for (const [name, check] of Object.entries(checks)) {
    for (const code of valid(name)) it(`${name} ${code} is right`, () => expect(check(code)).to.equal(true));

    it(`of ${name} catch every wrong character`, () => {
      const alphabet = Array.from("0123456789ABCDEFGHJKLMNPQRTUWXY");
      const codes = valid(name);
      const places = fc.tuple(
        fc.constantFrom(...codes),
        fc.nat({ max: codes[0]!.length - 1 }),
        fc.constantFrom(...alphabet),
      );
      fc.assert(
        fc.property(places, ([code, place, character]) => {
          if (code[place] === character) return;
          const changed = code.slice(0, place) + character + code.slice(place + 1);
          expect(check(changed), changed).to.equal(name === "org-code" && isSameRemainder(code, place, character));
        }),
        { numRuns: propertyRuns },
      );
    });

    for (const reason of vectorReasons("invalid", `identifier_${name}_`))
      for (const code of readVector<{ cases: string[] }>("invalid", `identifier_${name}_${reason}`).cases)
        it(`${name} ${JSON.stringify(code)} is wrong`, () => expect(check(code)).to.equal(false));
  }

  it("the placeholder of a business without a code is no code", () => {
    expect(USCC_PLACEHOLDER).to.equal("00000000000000000X");
    expect(isUscc(USCC_PLACEHOLDER)).to.equal(false);
  });
});

/** Modulo 11, characters of 0 to 35: a change by 11, 22 or 33 goes unseen. No other change does. */
function isSameRemainder(code: string, place: number, character: string): boolean {
  if (place === 8) return false;
  return (parseInt(code[place]!, 36) - parseInt(character, 36)) % 11 === 0;
}

describe("a day", () => {
  it("exists, as the calendar of the platform has it", () => {
    const number = (max: number): fc.Arbitrary<number> => fc.nat({ max });
    fc.assert(
      fc.property(number(2400), number(14), number(33), (year, month, day) => {
        const pad = (value: number, length: number): string => String(value).padStart(length, "0");
        const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
        const time = new Date(`${text}T00:00:00Z`);
        const exists = year > 0 && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
        expect(isDay(text), text).to.equal(exists);
      }),
      { numRuns: propertyRuns * 5 },
    );
  });

  for (const text of ["2024-02-29", "2000-02-29", "9999-12-31", "0001-01-01"])
    it(`${text} is one`, () => expect(isDay(text)).to.equal(true));
  for (const text of ["2023-02-29", "1900-02-29", "2026-04-31", "2026-4-1", "26-04-01", "2026-04-01T00:00:00Z", ""])
    it(`${JSON.stringify(text)} is none`, () => expect(isDay(text)).to.equal(false));
});

describe("a record id", () => {
  for (const id of [
    "SP-2026-0001",
    "深示罚〔2026〕12号",
    "a",
    "0",
    "x".repeat(128),
    "案(1)",
    "A_b.c:d",
    "202611240000123",
  ])
    it(`${id} is one`, () => expect(isRecordId(id)).to.equal(true));
  for (const id of [
    "",
    "-a",
    "a/b",
    "a b",
    "a\n",
    "a%2f",
    "é",
    "x".repeat(129),
    "11010519491231002X",
    "id:11010519491231002x",
  ])
    it(`${JSON.stringify(id)} is none`, () => expect(isRecordId(id)).to.equal(false));
});

describe("what looks like a citizen's ID number", () => {
  const looks = [
    "11010519491231002X",
    "11010519491231002x",
    "110105194912310021", // its check character is wrong: it still tells who is meant
    "当事人（11010519491231002X）",
    "１１０１０５１９４９１２３１００２Ｘ",
    "110105491231002",
    "no11010519491231002Xno",
    "0011010519491231002X",
  ];
  for (const text of looks) it(`${text} does`, () => expect(looksLikeCitizenId(text)).to.equal(true));

  const not = [
    "",
    "SP-2026-0001",
    "991010519491231002", // no such province
    "110105194913310021", // no such day
    "11010519491231",
    "91440310XX00000190",
    "12345678901234567890123456",
    "202611240000123",
  ];
  for (const text of not)
    it(`${JSON.stringify(text)} does not`, () => expect(looksLikeCitizenId(text)).to.equal(false));
});

describe("a reference to a record", () => {
  for (const text of ["SP-2026-0001", "11440310XX0001011N/SP-2026-0001", "11440310XX0001011N/案1"])
    it(`${text} is one`, () => expect(isRecordRef(text)).to.equal(true));
  const wrong = [
    "",
    "/",
    "11440310XX0001011M/SP-1",
    "11440310XX0001011N/",
    "11440310XX0001011N/a/b",
    "/SP-1",
    "11010519491231002X",
  ];
  for (const text of wrong) it(`${JSON.stringify(text)} is none`, () => expect(isRecordRef(text)).to.equal(false));
});

describe("a document number", () => {
  const { cases } = readVector<{ cases: { raw: string; normalised: string }[] }>("valid", "identifier_document-number");
  for (const { raw, normalised } of cases)
    it(`${JSON.stringify(raw)} is looked up as ${normalised}`, () => {
      expect(normaliseDocumentNumber(raw)).to.equal(normalised);
    });

  it("is the same however it was typed", () => {
    const brackets = fc.constantFrom("[]", "()", "（）", "【】", "〔〕", "［］", "﹝﹞", "{}", "《》");
    const space = fc.constantFrom("", " ", "\u3000", "\u00a0");
    const written = fc.tuple(
      brackets,
      space,
      fc.nat({ max: 3 }),
      fc.integer({ min: 1900, max: 2100 }),
      fc.integer({ min: 1, max: 9999 }),
    );
    fc.assert(
      fc.property(written, fc.boolean(), ([pair, gap, zeros, year, number], wide) => {
        const text = `深示罚${pair[0]!}${year}${pair[1]!}${gap}${"0".repeat(zeros)}${number}${gap}号`;
        const raw = wide ? text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)) : text;
        expect(normaliseDocumentNumber(raw)).to.equal(`深示罚〔${year}〕${number}号`);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("is normal once it was normalised", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (raw) => {
        const once = normaliseDocumentNumber(raw);
        expect(normaliseDocumentNumber(once)).to.equal(once);
      }),
      { numRuns: propertyRuns },
    );
  });
});
