import { hash, timingSafeEqual } from "node:crypto";
import type { Kysely } from "kysely";

import { rebind } from "./compiled.ts";
import type { Store } from "./open.ts";
import type { Tables } from "./tables.ts";

const scopes = ["records:write", "status:write", "records:read"] as const;
export type Scope = (typeof scopes)[number];
export const allScopes: readonly Scope[] = scopes;

/** An agency that has shown a key. */
export interface Caller {
  readonly agency: string;
  readonly name: string;
  /** bit k stands for kind k */
  readonly kinds: number;
  /** agency -> bits of the effects that the caller may set on its records */
  readonly oversight: Readonly<Record<string, number>>;
  /** names the key in the access log: the first 16 hex digits of its hash */
  readonly keyId: string;
  readonly scopes: ReadonlySet<string>;
  /** milliseconds; null: the key does not expire */
  readonly expiresAt: number | null;
}

export interface KeyTerms {
  agency: string;
  scopes: readonly Scope[];
  createdAt: number;
  expiresAt: number | null;
  /** 32 random bytes */
  random: Uint8Array;
}

/** Makes an API key for an agency that is in the store and returns it: it is nowhere else, the store has its hash. */
export async function issueKey(tx: Kysely<Tables>, terms: KeyTerms): Promise<string> {
  const key = `hufu_${Buffer.from(terms.random).toString("base64url")}`;
  await tx
    .insertInto("api_keys")
    .values({
      hash: keyHash(key),
      agency: terms.agency,
      scopes: terms.scopes.join(" "),
      created_at: terms.createdAt,
      expires_at: terms.expiresAt,
    })
    .execute();
  return key;
}

/** Ends a key at once; false if there is none such. */
export async function revokeKey(tx: Kysely<Tables>, key: string): Promise<boolean> {
  const result = await tx.deleteFrom("api_keys").where("hash", "=", keyHash(key)).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export interface Keyring {
  /** Who a key belongs to; whether it has expired is for the caller to judge. */
  find(key: string): Promise<Caller | null>;
}

/** Milliseconds for which a key that was found counts without asking the store again: so long a revoked key lives on. */
const REMEMBERED_MS = 1_000;
/** Keys that are remembered at once. */
const MOST_REMEMBERED = 1_000;

export function createKeyring(store: Store, clock: () => number): Keyring {
  const lookUp = prepareLookUp(store);
  const remembered = new Map<string, { caller: Caller; until: number }>();
  return {
    async find(key) {
      const hashed = keyHash(key);
      const name = hashed.toString("base64");
      const known = remembered.get(name);
      if (known && known.until > clock()) return known.caller;
      remembered.delete(name);
      const caller = await lookUp(hashed);
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      if (caller) remembered.set(name, { caller, until: clock() + REMEMBERED_MS });
      return caller;
    },
  };
}

function prepareLookUp(store: Store): (hashed: Buffer) => Promise<Caller | null> {
  const query = store.db
    .selectFrom("api_keys")
    .innerJoin("agencies", "agencies.uscc", "api_keys.agency")
    .select(["api_keys.hash", "api_keys.scopes", "api_keys.expires_at"])
    .select(["agencies.uscc", "agencies.name", "agencies.kinds", "agencies.oversight"])
    .where("api_keys.hash", "=", new Uint8Array())
    .compile();
  return async (hashed) => {
    const row = (await store.db.executeQuery(rebind(query, [hashed]))).rows[0];
    // The index found it by its hash already; the comparison costs nothing and holds whatever the index does.
    if (!row || !timingSafeEqual(row.hash, hashed)) return null;
    return {
      agency: row.uscc,
      name: row.name,
      kinds: row.kinds,
      oversight: JSON.parse(row.oversight) as Record<string, number>, // as: written by saveAgency alone
      keyId: hashed.toString("hex", 0, 8),
      scopes: new Set(row.scopes.split(" ")),
      expiresAt: row.expires_at,
    };
  };
}

function keyHash(key: string): Buffer {
  return hash("sha256", key, "buffer");
}
