import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The parsed vector file `valid/NAME.json` or `invalid/NAME.json`: the shape is the caller's to know. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows the shape of its file
export function readVector<T>(folder: "valid" | "invalid", name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, folder, `${name}.json`), "utf8")) as T;
}

/** Names of the files that begin with `prefix`, without it: the reasons of what is invalid. Throws if there is none. */
export function vectorReasons(folder: "valid" | "invalid", prefix: string): string[] {
  const names = readdirSync(join(import.meta.dirname, folder)).filter((file) => file.startsWith(prefix));
  if (names.length === 0) throw new Error(`no vector begins with ${prefix}`);
  return names.map((file) => file.slice(prefix.length, -".json".length)).sort();
}
