import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..", "..");

/** A fenced block of a page. */
export interface Fence {
  /** from the repository's root */
  readonly page: string;
  /** its first line's number in the page */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** The pages for readers, from the repository's root. */
export const pages: readonly string[] = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
  "test/vectors/README.md",
];

/** For institutions that run a validator: most of its commands need Besu, or several machines, and are not run here. */
export const validatorsPage = "network/besu/README.md";

export function readPage(page: string): string {
  return readFileSync(join(root, page), "utf8");
}

export function fencesOf(page: string): Fence[] {
  const text = readPage(page);
  const found = text.matchAll(/^ *```(\S*)\n([\s\S]*?)^ *```$/gm);
  return Array.from(found, ({ 1: language = "", 2: body = "", index }) => {
    return { page, line: text.slice(0, index).split("\n").length + 1, language, text: body };
  });
}

/** A block that a reader runs while a gateway runs: one whose commands ask it, or have it audited. */
export function isRunnable({ language, text }: Fence): boolean {
  return language === "sh" && /^(?:\w+=\$\()?(?:curl|npm run audit)\b/m.test(text);
}
