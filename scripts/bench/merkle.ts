import { randomBytes } from "node:crypto";
import { SimpleMerkleTree } from "@openzeppelin/merkle-tree";
import { to0x } from "../../core/bytes.ts";
import { createKeccak, nobleKeccak, type Keccak } from "../../core/ledger/keccak.ts";
import { leavesOf } from "../../core/ledger/leaf.ts";
import { buildTree, orderBatch } from "../../core/ledger/merkle.ts";
import { printRows, sampledInTurn, type Row } from "./sample.ts";

const agency = "11440310XX0001011N";
const batchSize = 500;
const unit = "leaves/s";

/** How many leaves a second each way of building a tree of 500 leaves does, one process; every way gives the same root. */
export async function benchMerkle(runs = 7): Promise<Row[]> {
  const wasm = await createKeccak();
  const batch = orderBatch(agency, 1, new Uint8Array(randomBytes(32 * batchSize)), wasm);
  const strings = Array.from({ length: batchSize }, (_, index) =>
    to0x(batch.leaves.subarray(32 * index, 32 * index + 32)),
  );
  const root = to0x(batch.root);

  const tree = (keccak: Keccak) => () => to0x(buildTree(batch.leaves, keccak).root);
  const whole = () => to0x(buildTree(leavesOf(agency, 1, batch.digests, wasm), wasm).root);
  const theirs = () => SimpleMerkleTree.of(strings).root;
  const way = (name: string, repeat: number, build: () => string) => ({
    name,
    measure: () => leavesPerSecond(build, repeat, root),
  });
  return sampledInTurn(unit, runs, [
    { ...way("typed arrays and WebAssembly", 400, tree(wasm)), goal: { atLeast: 500_000 } },
    way("the same with leaves hashed from digests", 200, whole),
    way("typed arrays and @noble/hashes", 40, tree(nobleKeccak)),
    way("@openzeppelin/merkle-tree", 8, theirs),
  ]);
}

function leavesPerSecond(build: () => string, repeat: number, root: string): number {
  const begun = performance.now();
  for (let i = 0; i < repeat; i++) {
    if (build() !== root) throw new Error("two ways of building a tree disagree");
  }
  return (batchSize * repeat * 1000) / (performance.now() - begun);
}

if (import.meta.main) printRows(await benchMerkle());
