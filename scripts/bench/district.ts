import { readSamples } from "../demo/samples.ts";

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The kinds that a bench's agencies write; a status decision is no record by itself, it needs one to decide on. */
export const writtenKinds = ["credit-penalty", "enforcement-action", "land-agreement"] as const;

/** A fictitious agency, as a file of agencies has it. */
export interface BenchAgency {
  readonly uscc: string;
  readonly name: string;
  readonly kinds: readonly string[];
}

/** This many fictitious agencies of a fictitious district; each may write every kind. At most 9,999. */
export function createAgencies(count: number): BenchAgency[] {
  return Array.from({ length: count }, (_, index) => ({
    uscc: withCheckCharacter(`11440310XX9${String(index).padStart(4, "0")}00`),
    name: `坪山示例第${String(index + 1)}局（虚构）`,
    kinds: [...writtenKinds, "status-decision"],
  }));
}

/** The 17 characters of a unified social credit code and the check character of GB 32100-2015. */
export function withCheckCharacter(code: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * alphabet.indexOf(code.charAt(index)), 0);
  return `${code}${alphabet.charAt((31 - (sum % 31)) % 31)}`;
}

/** Makes posts of one kind by one agency: the first sample of that kind, with another id and number in each. */
export function createPosts(kind: string, agency: string): (id: string) => string {
  const sample = readSamples().find((candidate) => candidate.kind === kind);
  if (sample === undefined) throw new Error(`no sample of ${kind}`);
  const { content, files } = sample;
  const numbered = ["decisionDocNo", "caseNo", "agreementNo"].filter((name) => name in content);
  const named = { ...content, ...Object.fromEntries(numbered.map((name) => [name, "BENCH-@@"])) };
  const text = JSON.stringify({ kind, recordId: "B-@@", content: named, files: files ?? [] });
  const parts = text.replaceAll(sample.agency, agency).split("@@");
  return (id) => parts.join(id);
}
