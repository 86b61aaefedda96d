import { readFileSync } from "node:fs";
import { expect } from "chai";

import { HufuError } from "../../../core/error.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import type { ValidatorWatch } from "../../../server/chain/validator-watch.ts";
import { addressesOf } from "../../core/proofs/sealed-chain.ts";
import { withFolder } from "../store/folder.ts";
import { cliqueBlocks } from "./clique-blocks.ts";
import { clique, cliqueNode, epoch, fileIn, growing, grown, signers, watchOf } from "./watched-chain.ts";

const blocks = cliqueBlocks({ ...growing, length: 600 });
const kept = (folder: string): string => readFileSync(fileIn(folder), "utf8");

async function readAll(watch: ValidatorWatch): Promise<void> {
  while (!(await watch.turn()));
}
async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((error: unknown) => error);
  return error instanceof HufuError ? error.code : "no error";
}

describe("following validators by a node that is behind", () => {
  for (const height of [1, 5, 12, 400, 450]) {
    it(`gives nothing up at ${height} blocks, and goes on when the node is back`, () =>
      withFolder(async (folder) => {
        const node = cliqueNode(blocks.slice(0, 500));
        const watch = watchOf(node, folder);
        await readAll(watch);
        const [before, reached, file] = [watch.now(), watch.reached(), kept(folder)];
        expect(before?.addresses).to.deep.equal(addressesOf(grown));
        node.knows.blocks = blocks.slice(0, height);
        for (let turns = 0; turns < 2; turns++) expect(await codeOf(watch.turn())).to.equal("NODE_UNREACHABLE");
        expect([watch.now(), watch.reached(), kept(folder)]).to.deep.equal([before, reached, file]);
        node.knows.blocks = blocks;
        await readAll(watch);
        expect(watch.now()).to.deep.equal(before);
        expect(watch.reached()).to.be.greaterThan(reached);
      }));
  }

  it("after a restart states no validators until the node is back", () =>
    withFolder(async (folder) => {
      const first = watchOf(cliqueNode(blocks), folder);
      await readAll(first);
      const file = kept(folder);
      const node = cliqueNode(blocks.slice(0, 5));
      const again = watchOf(node, folder);
      expect(await codeOf(again.turn())).to.equal("NODE_UNREACHABLE");
      expect([again.now(), kept(folder)]).to.deep.equal([null, file]);
      node.knows.blocks = blocks;
      await readAll(again);
      expect(again.now()).to.deep.equal(first.now());
    }));

  it("takes no head for the end that another node answered", () =>
    withFolder(async (folder) => {
      await readAll(watchOf(cliqueNode(blocks), folder));
      const [node, behind] = [cliqueNode(blocks), cliqueNode(blocks.slice(0, 5))];
      const rpc: Rpc = { ...node, batch: (calls) => (calls[0]?.params[0] === "latest" ? behind : node).batch(calls) };
      const again = watchOf(node, folder, clique, rpc);
      expect(await codeOf(again.turn())).to.equal("NODE_UNREACHABLE");
      expect(again.now()).to.equal(null);
    }));

  it("states no validators while all headers are read anew, where the chain went another way below what was settled", () =>
    withFolder(async (folder) => {
      const node = cliqueNode(blocks);
      const watch = watchOf(node, folder);
      await readAll(watch);
      const sets = [{ since: 0, signers }];
      node.knows.blocks = cliqueBlocks({ sets, epoch, length: 900, after: blocks.slice(0, 5) });
      expect(await watch.turn()).to.equal(false);
      expect(watch.now()).to.equal(null);
      await readAll(watch);
      expect(watch.now()).to.deep.equal({ addresses: addressesOf(signers), transitions: [] });
    }));
});
