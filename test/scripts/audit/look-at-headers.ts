import { base64ToBytes } from "../../../core/base64.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { createHeaderPool } from "../../../scripts/audit/headers/pool.ts";

/** Has two workers look at a header, again and again, while nothing else keeps this process from ending. Prints how many came back. */
const consensus = { type: "development", sealer: `0x${"11".repeat(20)}` } as const;
const pool = createHeaderPool({ consensus, keccak, workers: 2 });
const raw = base64ToBytes(process.argv[2] ?? "");
const lists = [1, 2, 3].map(() => pool.facts(Array.from({ length: 64 }, () => raw)));
console.log((await Promise.all(lists)).flat().length);
