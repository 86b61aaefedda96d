import { createMPT, createMerkleProof } from "@ethereumjs/mpt";
import { expect } from "chai";
import fc from "fast-check";
import { hexToBytes, to0x, utf8 } from "../../../core/bytes.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { encodeRlp } from "../../../core/proofs/rlp.ts";
import { buildTrie, type Entry } from "../../../scripts/bench/state-trie.ts";

async function oracle(entries: readonly Entry[], wanted: readonly Uint8Array[]) {
  const trie = await createMPT({ useKeyHashing: true });
  for (const [key, value] of entries) await trie.put(key, value);
  const proofs = [];
  for (const key of wanted) proofs.push((await createMerkleProof(trie, key)).map(to0x));
  return { root: to0x(trie.root()), proofs };
}

function built(entries: readonly Entry[], wanted: readonly Uint8Array[]) {
  const { root, proofs } = buildTrie(entries, wanted, keccak);
  return { root: to0x(root), proofs: proofs.map((nodes) => nodes.map(to0x)) };
}

const key = (index: number): Uint8Array => hexToBytes(index.toString(16).padStart(64, "0"));

describe("the tests' own state trie", () => {
  it("has the roots and the proofs of an independent one, of what is there and of what is not", async () => {
    for (const size of [1, 2, 3, 17, 300]) {
      const entries = Array.from({ length: size }, (_, index): Entry => [
        key(index),
        encodeRlp(utf8(`value ${index}`)),
      ]);
      const wanted = [key(0), key(size - 1), key(size), key(9999)];
      expect(built(entries, wanted)).to.deep.equal(await oracle(entries, wanted));
    }
  });

  it("has them of any entries", async () => {
    const entry = fc.tuple(fc.nat({ max: 500 }), fc.uint8Array({ minLength: 1, maxLength: 40 }));
    const entries = fc.uniqueArray(entry, { selector: ([index]) => index, minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(entries, fc.nat({ max: 500 }), async (pairs, asked) => {
        const all = pairs.map(([index, value]): Entry => [key(index), encodeRlp(value)]);
        expect(built(all, [key(asked)])).to.deep.equal(await oracle(all, [key(asked)]));
      }),
      { numRuns: 50 },
    );
  });
});
