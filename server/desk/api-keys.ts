import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
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
 * store knows only hashes. Returns the file's path.
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

function readKeys(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {};
  }
  return keysFile.parse(JSON.parse(text));
}

/** Writes beside, fsyncs and renames: the file is the old one or the new one, never half of it. Only its owner may read it. */
export function replaceFile(file: string, text: string): void {
  const beside = `${file}.new`;
  const handle = openSync(beside, "w", 0o600);
  writeSync(handle, text);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(beside, file);
}
