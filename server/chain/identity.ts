import { randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { HufuError } from "../../core/error.ts";
import { replaceFile } from "./replace-file.ts";

/** What makes a folder's chain this one and no other. */
export interface ChainIdentity {
  readonly chainId: number;
  /** seconds of Unix time */
  readonly genesisTime: number;
}

/** Above every public chain that a wallet knows, and within the 2^53 / 2 - 36 that old wallets can take. */
const LOWEST_CHAIN_ID = 2 ** 20;
const HIGHEST_CHAIN_ID = 2 ** 47;

/** The identity of a folder's chain; a new folder draws one, so that no signature made for another chain counts here. */
export function readIdentity(folder: string): ChainIdentity {
  const file = join(folder, "chain.json");
  if (!existsSync(file)) {
    const identity = {
      chainId: randomInt(LOWEST_CHAIN_ID + 1, HIGHEST_CHAIN_ID),
      genesisTime: Math.floor(Date.now() / 1000),
    };
    replaceFile(file, `${JSON.stringify(identity)}\n`);
  }
  const value: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof value === "object" && value !== null && "chainId" in value && "genesisTime" in value) {
    const { chainId, genesisTime } = value;
    if (typeof chainId === "number" && typeof genesisTime === "number") return { chainId, genesisTime };
  }
  throw new HufuError("CHAIN_FAILED", `${file} does not say which chain this folder holds.`);
}
