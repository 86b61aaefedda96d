import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { HufuError } from "../../core/error.ts";
import { replaceFile } from "../chain/replace-file.ts";
import { allScopes, issueKey } from "../store/keys.ts";
import type { Store } from "../store/open.ts";

const keysFile = z.record(z.string(), z.string().regex(/^hufu_[A-Za-z0-9_-]{43}$/));

export interface ApiKeyDeps {
  readonly store: Store;
  readonly data: string;
  readonly agencies: readonly { readonly uscc: string }[];
  /** milliseconds */
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

/**
 * Gives an API key to each agency that has none, and writes them to `agency-keys.json` (mode 600) in the data folder. The file comes
 * first: after a crash between the two, the keys in it are put into the store. A file that was moved away is not made again: the
 * store knows only hashes. Returns the file's path. Throws INVALID_CONFIGURATION where the file is there and cannot be read.
 */
export async function ensureApiKeys({ store, data, agencies, clock, random }: ApiKeyDeps): Promise<string> {
  const file = join(data, "agency-keys.json");
  const known = await store.db.selectFrom("api_keys").select("agency").distinct().execute();
  const withKey = new Set(known.map(({ agency }) => agency));
  const without = agencies.filter(({ uscc }) => !withKey.has(uscc));
  if (without.length === 0) return file;
  const keys = readKeys(file);
  for (const { uscc } of without) keys[uscc] ??= `hufu_${Buffer.from(random(32)).toString("base64url")}`;
  replaceFile(file, `${JSON.stringify(keys, null, 2)}\n`);
  await store.write(async (tx) => {
    for (const { uscc } of without) {
      const secret = Buffer.from((keys[uscc] ?? "").slice("hufu_".length), "base64url");
      await issueKey(tx, { agency: uscc, scopes: allScopes, createdAt: clock(), expiresAt: null, random: secret });
    }
  });
  return file;
}

/** Nothing of the file is quoted: it holds keys. */
function readKeys(file: string): Record<string, string> {
  try {
    return keysFile.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw new HufuError(
      "INVALID_CONFIGURATION",
      `${file} cannot be read as a list of API keys: put it right, or move it away.`,
    );
  }
}
