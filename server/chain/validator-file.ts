import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

import type { Hex } from "../../core/bytes.ts";
import type { TrustedTransition } from "../../core/trust/bundle.ts";
import type { VoteCount } from "./changes.ts";
import { replaceFile } from "./replace-file.ts";

/** How far the headers were read, and what they said of the validators. */
export interface Followed {
  /** the newest block that was read; -1: none */
  readonly number: number;
  readonly hash: Hex;
  readonly count: VoteCount;
  readonly transitions: readonly TrustedTransition[];
}

const hex = z.custom<Hex>((value) => typeof value === "string" && /^0x[0-9a-f]*$/.test(value));
const followedFile = z.strictObject({
  genesis: hex,
  number: z.int().min(0),
  hash: hex,
  validators: z.array(hex),
  votes: z.array(z.strictObject({ voter: hex, subject: hex, direction: z.enum(["add", "drop"]) })),
  castIn: z.record(z.string(), z.int()),
  transitions: z.array(z.strictObject({ votes: z.array(z.string()), next: z.string().nullable() })),
});

/** What was read of the chain with this genesis block; null: nothing that this program can go on from, and it reads all headers again. */
export function readFollowed(file: string, genesis: Hex): Followed | null {
  if (!existsSync(file)) return null;
  try {
    const value = followedFile.parse(JSON.parse(readFileSync(file, "utf8")));
    if (value.genesis !== genesis) return null;
    const { number, hash, validators, votes, castIn, transitions } = value;
    return {
      number,
      hash,
      count: { tally: { validators, votes }, castIn: new Map(Object.entries(castIn)) },
      transitions,
    };
  } catch {
    return null;
  }
}

export function writeFollowed(file: string, genesis: Hex, { number, hash, count, transitions }: Followed): void {
  const { validators, votes } = count.tally;
  const castIn = Object.fromEntries(count.castIn);
  replaceFile(file, `${JSON.stringify({ genesis, number, hash, validators, votes, castIn, transitions })}\n`);
}
