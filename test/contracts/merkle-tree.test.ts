import { SimpleMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import fc from "fast-check";
import { hexToBytes, to0x } from "../../core/bytes.ts";
import { createKeccak } from "../../core/ledger/keccak.ts";
import { buildTree, orderBatch } from "../../core/ledger/merkle.ts";
import { propertyRuns } from "../runs.ts";
import { anchorArguments, changeOf, fixture, loadFixture, office, setStatus } from "./fixture.ts";
import { batchOf, digestsOf, rootOf } from "./hashes.ts";

const officeCode = Buffer.from(office.slice(2), "hex").toString("ascii");

/** At a desk a hundred sizes by chance, in CI each of them. */
const runs = Math.min(propertyRuns, 1100);
const sizes = propertyRuns > 1100 ? fc.constant(0) : fc.integer({ min: 1, max: 1100 });

describe("The tree of a batch", () => {
  it("has the root on chain that core and OpenZeppelin's SimpleMerkleTree have, for 1 to 1,100 digests", async () => {
    const hufu = await loadFixture(fixture);
    const keccak = await createKeccak();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (size, seed) => {
        const digests = digestsOf(size || ++run, `seed ${seed}`);
        const ours = orderBatch(officeCode, 1, hexToBytes(digests.map((digest) => digest.slice(2)).join("")), keccak);
        const batch = {
          agency: office,
          kind: 1,
          digests: words(ours.digests),
          leaves: words(ours.leaves),
          root: to0x(ours.root),
        };
        const args = await anchorArguments(hufu, batch);
        expect(await hufu.ledger.anchor.staticCall(...args)).to.equal(batch.root);
        expect(SimpleMerkleTree.of(batch.leaves).root).to.equal(batch.root);
      }),
      { numRuns: runs },
    );
  }).timeout(300_000);

  it("proves each of its leaves to the contract, by OpenZeppelin's proofs and by core's", async () => {
    const hufu = await loadFixture(fixture);
    const keccak = await createKeccak();
    for (const size of [1, 2, 3, 5, 8, 13]) {
      const batch = batchOf(office, 1, digestsOf(size, `size ${size}`));
      await hufu.ledger.anchor(...(await anchorArguments(hufu, batch)));
      const theirs = SimpleMerkleTree.of([...batch.leaves]);
      const ours = buildTree(hexToBytes(batch.leaves.map((leaf) => leaf.slice(2)).join("")), keccak);
      for (const [index, leaf] of batch.leaves.entries()) {
        const change = changeOf(batch, index);
        expect(theirs.getProof(leaf)).to.deep.equal(change.proof);
        expect(ours.proof(index).map((node) => to0x(node))).to.deep.equal(change.proof);
        await setStatus(hufu, [change]);
      }
    }
  });

  it("is a set: whoever swaps siblings gets the same root and is refused", async () => {
    const hufu = await loadFixture(fixture);
    const batch = batchOf(office, 1, digestsOf(2));
    const [first = "", second = ""] = batch.leaves;
    expect(rootOf([second, first])).to.equal(batch.root);
    const swapped = { ...batch, digests: [...batch.digests].reverse() };
    const args = await anchorArguments(hufu, swapped);
    await expect(hufu.ledger.anchor(...args))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerLeavesNotAscending")
      .withArgs(1);
  });
});

function words(bytes: Uint8Array): string[] {
  return Array.from({ length: bytes.length / 32 }, (_, n) => to0x(bytes.subarray(n * 32, n * 32 + 32)));
}
