import type { Kysely } from "kysely";

import type { Tables } from "./tables.ts";

/** An agency that this gateway writes for. */
export interface Agency {
  uscc: string;
  name: string;
  /** bit k stands for kind k */
  kinds: number;
  /** agency -> bits of the effects that this one may set on its records */
  oversight: Readonly<Record<string, number>>;
  /** ERC-7913 bytes */
  signer: Uint8Array;
}

/** Writes an agency, or what has become of it. */
export async function saveAgency(tx: Kysely<Tables>, agency: Agency): Promise<void> {
  const row = { ...agency, oversight: JSON.stringify(agency.oversight) };
  await tx
    .insertInto("agencies")
    .values(row)
    .onConflict((conflict) => conflict.column("uscc").doUpdateSet({ ...row, uscc: agency.uscc }))
    .execute();
}

/** Every agency that was ever in a plan; one that is in it no longer has no kinds. */
export async function savedAgencies(db: Kysely<Tables>): Promise<Agency[]> {
  const rows = await db.selectFrom("agencies").selectAll().orderBy("uscc").execute();
  return rows.map((row) => ({
    ...row,
    oversight: JSON.parse(row.oversight) as Record<string, number>, // as: written by saveAgency alone
  }));
}

/** Names of agencies; one that this gateway does not write for has none. */
export async function agencyNames(db: Kysely<Tables>, usccs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (usccs.length === 0) return new Map();
  const rows = await db.selectFrom("agencies").select(["uscc", "name"]).where("uscc", "in", usccs).execute();
  return new Map(rows.map(({ uscc, name }) => [uscc, name]));
}
