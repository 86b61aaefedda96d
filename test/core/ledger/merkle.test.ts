import { randomBytes } from "node:crypto";
import { SimpleMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import { keccak256 } from "ethers";
import fc from "fast-check";
import { bytesToHex, hexToBytes, to0x } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { createKeccak, nobleKeccak, type Keccak } from "../../../core/ledger/keccak.ts";
import { leavesOf } from "../../../core/ledger/leaf.ts";
import { buildTree, firstNotAscending, merkleRoot, orderBatch, verifyPath } from "../../../core/ledger/merkle.ts";
import { propertyRuns } from "../../runs.ts";

const agency = "11440310XX0001011N";

/** The queue as one would say it aloud, in strings, with another library's hash. */
function naiveRoot(leaves: readonly string[]): string {
  const queue = [...leaves];
  while (queue.length > 1) {
    const pair = [queue.shift() ?? "", queue.shift() ?? ""].sort();
    queue.push(keccak256(`0x${pair.join("")}`).slice(2));
  }
  return queue[0] ?? "";
}

function randomBatch(count: number, keccak: Keccak): ReturnType<typeof orderBatch> {
  return orderBatch(agency, 1, new Uint8Array(randomBytes(32 * count)), keccak);
}

function words(bytes: Uint8Array): string[] {
  return Array.from({ length: bytes.length / 32 }, (_, index) =>
    bytesToHex(bytes.subarray(32 * index, 32 * index + 32)),
  );
}

describe("the Merkle tree", () => {
  let keccak: Keccak;
  before(async () => {
    keccak = await createKeccak();
  });

  for (const count of [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 100, 255, 256, 257, 499, 500, 501, 1023, 1024, 1100,
  ]) {
    it(`over ${count} leaves has the root of OpenZeppelin's tree and of a naive queue`, () => {
      const { leaves, root } = randomBatch(count, keccak);
      const strings = words(leaves);
      expect(bytesToHex(root)).to.equal(naiveRoot(strings));
      expect(to0x(root)).to.equal(SimpleMerkleTree.of(strings.map((leaf) => `0x${leaf}`)).root);
    });
  }

  it("has OpenZeppelin's proofs, and each leads from its leaf to the root", () => {
    for (const count of [1, 2, 3, 7, 64, 137]) {
      const { leaves } = randomBatch(count, keccak);
      const strings = words(leaves);
      const theirs = SimpleMerkleTree.of(strings.map((leaf) => `0x${leaf}`));
      const ours = buildTree(leaves, keccak);
      strings.forEach((leaf, index) => {
        const proof = ours.proof(index);
        expect(proof.map(to0x)).to.deep.equal(theirs.getProof(`0x${leaf}`));
        expect(verifyPath(hexToBytes(leaf), proof, keccak)).to.deep.equal(ours.root);
      });
    }
  });

  it("a leaf that is not of the tree leads to another root, whatever its path", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat({ max: 255 }), (count, seed, bit) => {
        const { leaves } = randomBatch(count, keccak);
        const tree = buildTree(leaves, keccak);
        const index = seed % count;
        const altered = leaves.slice(32 * index, 32 * index + 32);
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(verifyPath(altered, tree.proof(index), keccak)).to.not.deep.equal(tree.root);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("a node above the leaves is no leaf: no digest gives 64 bytes of input", () => {
    const { leaves } = randomBatch(2, keccak);
    const { root } = buildTree(leaves, keccak);
    expect(bytesToHex(root)).to.equal(naiveRoot(words(leaves)));
    expect(words(leavesOf(agency, 1, root, keccak))).to.not.deep.equal([bytesToHex(root)]);
  });

  it("in WebAssembly and in JavaScript is the same", () => {
    const { leaves } = randomBatch(137, keccak);
    expect(buildTree(leaves, nobleKeccak).nodes).to.deep.equal(buildTree(leaves, keccak).nodes);
  });

  it("refuses no leaves, half a leaf and an index outside", () => {
    expect(() => merkleRoot(new Uint8Array(0), keccak))
      .to.throw(HufuError)
      .with.property("code", "INVARIANT");
    expect(() => merkleRoot(new Uint8Array(33), keccak))
      .to.throw(HufuError)
      .with.property("code", "INVARIANT");
    const tree = buildTree(new Uint8Array(32), keccak);
    for (const index of [-1, 1, 0.5]) {
      expect(() => tree.proof(index))
        .to.throw(HufuError)
        .with.property("code", "INVARIANT");
    }
  });
});

describe("the order of a batch", () => {
  it("is that of the leaves, whatever the order of the digests", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.uint8Array({ minLength: 32, maxLength: 32 }), { selector: bytesToHex, minLength: 1 }),
        (list) => {
          const forth = orderBatch(agency, 2, new Uint8Array(Buffer.concat(list)), nobleKeccak);
          const back = orderBatch(agency, 2, new Uint8Array(Buffer.concat([...list].reverse())), nobleKeccak);
          expect(back).to.deep.equal(forth);
          expect(firstNotAscending(forth.leaves)).to.equal(undefined);
          expect(leavesOf(agency, 2, forth.digests, nobleKeccak)).to.deep.equal(forth.leaves);
          expect(words(forth.digests).sort()).to.deep.equal(list.map(bytesToHex).sort());
        },
      ),
      { numRuns: propertyRuns },
    );
  });

  it("refuses a batch that holds a record twice", () => {
    const twice = new Uint8Array(64).fill(7);
    expect(() => orderBatch(agency, 1, twice, nobleKeccak))
      .to.throw(HufuError)
      .with.property("code", "INVARIANT");
  });

  it("names the first leaf that does not ascend", () => {
    const leaves = new Uint8Array(96);
    leaves[0] = 1;
    leaves[32] = 2;
    leaves[64] = 2;
    expect(firstNotAscending(leaves)).to.equal(2);
    leaves[95] = 1;
    expect(firstNotAscending(leaves)).to.equal(undefined);
  });
});
