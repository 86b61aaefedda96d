const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const orgCodeWeights = [3, 7, 9, 10, 5, 8, 4, 2];
const citizenIdWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const usccValues = values(usccAlphabet);
const orgCodeValues = values("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
const digitValues = values("0123456789");

/** What an individual business without a code writes in the code's place: it has no check character and is no code. */
export const USCC_PLACEHOLDER = `${"0".repeat(17)}X`;

/** By UTF-16 code unit: the value of each character of an alphabet. */
function values(alphabet: string): readonly (number | undefined)[] {
  const table: (number | undefined)[] = new Array<undefined>(128).fill(undefined);
  for (let value = 0; value < alphabet.length; value++) table[alphabet.charCodeAt(value)] = value;
  return table;
}

/** The weighted sum of the first characters of `code`; NaN if one is not of the alphabet. */
function weightedSum(code: string, weights: readonly number[], table: readonly (number | undefined)[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += (weights[i] ?? NaN) * (table[code.charCodeAt(i)] ?? NaN);
  return sum;
}

/**
 * A unified social credit code: 18 characters with the check character of GB 32100-2015. The organisation code within
 * it (characters 9 to 17) is not checked by itself: registries have given codes where it fails, and their holders
 * cannot choose another.
 */
export function isUscc(code: string): boolean {
  if (code.length !== 18) return false;
  const sum = weightedSum(code, usccWeights, usccValues);
  return usccAlphabet[(31 - (sum % 31)) % 31] === code[17];
}

/** An organisation code: nine characters, upper case, no hyphen, with the check character of GB 11714-1997. */
export function isOrgCode(code: string): boolean {
  if (code.length !== 9) return false;
  const sum = weightedSum(code, orgCodeWeights, orgCodeValues);
  return "0123456789X"[(11 - (sum % 11)) % 11] === code[8];
}

/** A citizen's ID number: 18 characters with the check character of GB 11643-1999 and a day that exists. */
export function isCitizenId(code: string): boolean {
  if (code.length !== 18) return false;
  const sum = weightedSum(code, citizenIdWeights, digitValues);
  const birth = `${code.slice(6, 10)}-${code.slice(10, 12)}-${code.slice(12, 14)}`;
  return "10X98765432"[sum % 11] === code[17] && isDay(birth);
}

/** First two digits of a citizen's ID number: the provinces of GB/T 2260. */
const province = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

/**
 * Whether a text holds a number with the shape of a citizen's ID number, in any width and case and whatever stands
 * around it: 18 characters, or 15 as given until 1999, with a province and a day of birth. The check character is not
 * asked for where the number stands alone: one with a slip in it still tells who is meant.
 */
export function looksLikeCitizenId(text: string): boolean {
  if (text.length < 15) return false;
  const numbers =
    text
      .normalize("NFKC")
      .toUpperCase()
      .match(/\d{17,}X?|\d{15}/g) ?? [];
  return numbers.some((number) => {
    if (number.length === 15) return hasShape(number, `19${number.slice(6, 12)}`);
    if (number.length === 18) return hasShape(number, number.slice(6, 14));
    return windows(number, 18).some((part) => province.test(part) && isCitizenId(part));
  });
}

function hasShape(number: string, birth: string): boolean {
  const isBirth = /^(?:18|19|20)/.test(birth) && isDay(`${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`);
  return isBirth && province.test(number);
}

function windows(text: string, length: number): string[] {
  return Array.from({ length: Math.max(0, text.length - length + 1) }, (_, i) => text.slice(i, i + length));
}

/** YYYY-MM-DD, a day of the Gregorian calendar from the year 1 on. */
export function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const recordId = /^[A-Za-z0-9\p{Script=Han}][A-Za-z0-9\p{Script=Han}._:〔〕()（）-]{0,127}$/u;

/** An agency's own id of a record. It is public, so what looks like a citizen's ID number is none. */
export function isRecordId(text: string): boolean {
  return recordId.test(text) && !looksLikeCitizenId(text);
}

/** RECORDID of the same agency, or USCC/RECORDID. */
export function isRecordRef(text: string): boolean {
  const slash = text.indexOf("/");
  return slash < 0 ? isRecordId(text) : isUscc(text.slice(0, slash)) && isRecordId(text.slice(slash + 1));
}

/**
 * The form under which a document's number is looked up: half width, no spaces, the year in 〔〕 whatever brackets were
 * written, no zeros before a number. `深坪示罚【2026】第０12 号` and `深坪示罚〔2026〕第12号` are the same document. What is hashed and
 * shown stays as it was written.
 */
export function normaliseDocumentNumber(raw: string): string {
  return raw
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\u200b-\u200d\u2060\ufeff]+/g, "")
    .normalize("NFKC") // capitals and gaps that have closed may compose anew
    .replace(/[[(【〔{《〈「『〖]/g, "〔")
    .replace(/[\])】〕}》〉」』〗]/g, "〕")
    .replace(/(?<![0-9])0+(?=[0-9])/g, "");
}
