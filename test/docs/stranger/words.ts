import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The published words of a byte, read as text: data, not program. */
function listIn(text: string, name: string): string {
  return new RegExp(`const ${name}\\b[^\`]*\`([^\`]*)\``).exec(text)?.[1] ?? "";
}

const page = readFileSync(join(import.meta.dirname, "../../../core/trust/words.ts"), "utf8");
const english = listIn(page, "english").trim().split(/\s+/);
const chinese = [...listIn(page, "chinese").replace(/\s/g, "")];

/** The words of 16 bytes. */
export function wordsOf(bytes: Buffer): { en: string; "zh-CN": string } {
  const characters = [...bytes].map((byte) => chinese[byte] ?? "");
  const groups = [0, 4, 8, 12].map((at) => characters.slice(at, at + 4).join(""));
  return { en: [...bytes].map((byte) => english[byte] ?? "").join(" "), "zh-CN": groups.join(" ") };
}
