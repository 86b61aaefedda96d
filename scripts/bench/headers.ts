import { availableParallelism } from "node:os";
import { createKeccak, nobleKeccak, type Keccak } from "../../core/ledger/keccak.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import { parseHeader } from "../../core/proofs/header.ts";
import { qbftBlockHash } from "../../core/proofs/qbft-extra.ts";
import { nobleRecover } from "../../core/proofs/signature.ts";
import { factsOf, type HeaderFacts } from "../audit/headers/facts.ts";
import { createHeaderPool } from "../audit/headers/pool.ts";
import { qbftHeader } from "./certificate/qbft-headers.ts";
import { printRows, sampledInTurn, type Row } from "./sample.ts";

const consensus: Consensus = { type: "qbft", epoch: 30_000 };
const unit = "headers/s";
/** As many as an audit asks of a node at once. */
const atOnce = 200;

/** How many headers a second an audit of all headers looks at: hash and three seals each, with its workers, and as a page would do it. */
export async function benchHeaders(count = 2_000, runs = 5): Promise<Row[]> {
  const keccak = await createKeccak();
  const raws = createChain(count, keccak);
  const workers = availableParallelism();
  const pool = createHeaderPool({ consensus, keccak, workers });
  const lists = Array.from({ length: Math.ceil(count / atOnce) }, (_, index) =>
    raws.slice(index * atOnce, (index + 1) * atOnce),
  );
  const all = async (): Promise<HeaderFacts[]> => (await Promise.all(lists.map((list) => pool.facts(list)))).flat();
  // One in ten is enough to know how slow it is.
  const few = raws.slice(0, Math.ceil(count / 10));
  const plain = { keccak: nobleKeccak, recover: nobleRecover };
  // The workers keep no process alive: an audit waits for its node.
  const awake = setInterval(() => undefined, 1000);
  try {
    return await sampledInTurn(unit, runs, [
      {
        name: `seals checked, WebAssembly, ${workers} workers`,
        measure: () => rateOf(all, count),
      },
      {
        name: "seals checked, plain JavaScript, one thread",
        measure: () => rateOf(() => few.map((raw) => factsOf(raw, consensus, plain)), few.length),
      },
    ]);
  } finally {
    clearInterval(awake);
    await pool.close();
  }
}

async function rateOf(work: () => readonly HeaderFacts[] | Promise<readonly HeaderFacts[]>, count: number) {
  const begun = performance.now();
  const facts = await work();
  const isSealed = facts.every(({ fault, signers }) => fault === null && signers.length === 3);
  if (!isSealed || facts.length !== count) throw new Error("a sealed header was not found so");
  return (count * 1000) / (performance.now() - begun);
}

/** A chain without its genesis block. */
function createChain(count: number, keccak: Keccak): Uint8Array[] {
  const raws: Uint8Array[] = [];
  let parentHash: Uint8Array = new Uint8Array(32);
  for (let number = 1; number <= count; number++) {
    const facts = {
      number,
      parentHash,
      stateRoot: keccak.hash(Uint8Array.of(number)),
      timestamp: 1_790_000_000 + number,
    };
    const raw = qbftHeader(facts, keccak);
    raws.push(raw);
    parentHash = qbftBlockHash(parseHeader(raw), keccak);
  }
  return raws;
}

if (import.meta.main) printRows(await benchHeaders());
