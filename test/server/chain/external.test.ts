import { expect } from "chai";
import { setTimeout as pause } from "node:timers/promises";

import { to0x, type Hex } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import type { JsonObject } from "../../../core/json/parse.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import type { Chain, KnownChain } from "../../../server/chain/chain.ts";
import { openExternalChain } from "../../../server/chain/external.ts";
import { addressesOf, fastTools, header, signatory } from "../../core/proofs/sealed-chain.ts";
import { founders, growingChain, newcomer, qbftBlocks } from "../../core/trust/qbft-blocks.ts";
import { withFolder } from "../store/folder.ts";
import { cliqueBlocks } from "./clique-blocks.ts";
import { createQbftNode, type QbftNode } from "./qbft-node.ts";
import { serveNode } from "./served-node.ts";

const sealer = signatory("a sealer").address;
const plainHash = (block: BlockHeader): Hex => to0x(fastTools.keccak.hash(block.raw));
const everyFive = cliqueBlocks({ length: 8, sets: [{ since: 0, signers: founders }], epoch: 100 });

interface Opening {
  readonly urls: readonly string[];
  readonly data: string;
  readonly known?: KnownChain | null;
  readonly genesisConfig?: JsonObject | null;
  readonly said?: string[];
  readonly signal?: AbortSignal;
}

function open({ urls, data, known = null, genesisConfig = null, said = [], signal }: Opening): Promise<Chain> {
  return openExternalChain({
    ...{ urls, data, known, genesisConfig, sealer, ...fastTools },
    ...{ say: (sentence) => said.push(sentence), log: () => undefined, signal: signal ?? new AbortController().signal },
  });
}
const nobodyThere = "http://127.0.0.1:9";

async function withServed(node: QbftNode, work: (url: string) => Promise<void>): Promise<void> {
  const served = await serveNode(node);
  try {
    await work(served.url);
  } finally {
    await served.close();
  }
}

/** Opens the chain of a node, and ends both. */
function withChain(
  node: QbftNode,
  work: (chain: Chain, node: QbftNode) => Promise<void> | void,
  opening: Partial<Opening> = {},
): Promise<void> {
  return withServed(node, (url) =>
    withFolder(async (data) => {
      const chain = await open({ data, ...opening, urls: [url] });
      try {
        await work(chain, node);
      } finally {
        await chain.stop();
      }
    }),
  );
}

describe("a chain whose nodes others run", () => {
  it("is a QBFT chain where its headers list validators, and they are followed", () =>
    withChain(createQbftNode(qbftBlocks(growingChain)), async (chain, node) => {
      expect(chain).to.include({ chainId: node.knows.chainId, genesisHash: node.knows.hashOf(node.knows.blocks[0]!) });
      expect(chain.consensus).to.deep.equal({ type: "qbft", epoch: 30_000 });
      await chain.followed(10_000);
      expect(chain.validators()?.addresses).to.deep.equal(addressesOf([...founders, newcomer]));
      expect(chain.validators()?.transitions).to.have.length(1);
      expect(chain.savedBlock()).to.equal(null);
    }));

  it("is a Clique chain where one of its signers sealed each block; its period is seen, unless a genesis file says it", async () => {
    const node = (): QbftNode => {
      const made = createQbftNode(everyFive);
      made.knows.hashOf = plainHash;
      return made;
    };
    await withChain(node(), async (chain) => {
      expect(chain.consensus).to.deep.equal({ type: "clique", epoch: 30_000, period: 1 });
      await chain.followed(10_000);
      expect(chain.validators()?.addresses).to.deep.equal(addressesOf(founders));
    });
    const genesisConfig = { clique: { period: 5, epoch: 100 } };
    const said = { type: "clique", epoch: 100, period: 5 } as const;
    await withChain(node(), ({ consensus }) => void expect(consensus).to.deep.equal(said), { genesisConfig });
    const { chainId } = node().knows;
    const known = { chainId, genesisHash: plainHash(everyFive[0]!), consensus: said } as const;
    await withChain(node(), ({ consensus }) => void expect(consensus).to.deep.equal(said), { known });
  });

  it("is waited for while it is a Clique chain of too few blocks to tell its period, with one sentence", () => {
    const node = createQbftNode(everyFive.slice(0, 2));
    node.knows.hashOf = plainHash;
    return withServed(node, (url) =>
      withFolder(async (data) => {
        const [stopping, said] = [new AbortController(), [] as string[]];
        const state = { isOpen: false };
        const opened = open({ urls: [url], data, said, signal: stopping.signal }).finally(() => (state.isOpen = true));
        try {
          for (const length of [2, 4, 4]) {
            node.knows.blocks = everyFive.slice(0, length);
            node.asked.length = 0;
            const until = performance.now() + 10_000;
            while (node.asked.length < 4 && !state.isOpen && performance.now() < until) await pause(20);
            expect(node.asked, `with ${length} blocks`).to.have.length.of.at.least(4);
          }
          expect(state.isOpen).to.equal(false);
          expect(said).to.have.length(1);
          expect(said[0]).to.match(/HUFU_GENESIS/);
          node.knows.blocks = everyFive.slice(0, 5);
          expect((await opened).consensus).to.deep.equal({ type: "clique", epoch: 30_000, period: 1 });
        } finally {
          stopping.abort();
          await opened.then(
            (chain) => chain.stop(),
            () => undefined,
          );
        }
      }),
    );
  });

  it("is not waited for where the genesis file or an earlier start says the period of so young a chain", async () => {
    const young = (): QbftNode => {
      const made = createQbftNode(everyFive.slice(0, 1));
      made.knows.hashOf = plainHash;
      return made;
    };
    const consensus = { type: "clique", epoch: 100, period: 15 } as const;
    const genesisConfig = { clique: { period: 15, epoch: 100 } };
    const known = { chainId: young().knows.chainId, genesisHash: plainHash(everyFive[0]!), consensus };
    for (const opening of [{ genesisConfig }, { known }])
      await withChain(young(), (chain) => void expect(chain.consensus).to.deep.equal(consensus), opening);
  }).timeout(10_000);

  it("has no validators where nobody seals its blocks: then the gateway's own key stands for them", () => {
    const node = createQbftNode([header({ number: 0, difficulty: 0n })]);
    node.knows.hashOf = plainHash;
    return withChain(node, async (chain) => {
      expect(chain.consensus).to.deep.equal({ type: "development", sealer });
      await chain.followed(10_000);
      expect(chain.validators()).to.equal(null);
    });
  });

  it("is begun with what is known of it while no node answers", () =>
    withFolder(async (data) => {
      const known = { chainId: 5, genesisHash: "0xaa", consensus: { type: "qbft", epoch: 9 } } as const;
      const said: string[] = [];
      const chain = await open({ urls: [nobodyThere], data, known, said });
      expect(chain).to.deep.include(known);
      expect(said).to.have.length(1);
      await chain.followed(20);
      expect(chain.validators()).to.equal(null);
      await chain.stop();
    }));

  it("is waited for at the first start, with a sentence, until somebody stops the gateway", () =>
    withFolder(async (data) => {
      const [stopping, said] = [new AbortController(), [] as string[]];
      const opened = open({ urls: [nobodyThere], data, said, signal: stopping.signal });
      while (said.length === 0) await new Promise(setImmediate);
      expect(said[0]).to.include(nobodyThere);
      stopping.abort();
      const error: unknown = await opened.catch((error: unknown) => error);
      expect(error).to.be.instanceOf(HufuError).with.property("code", "STOPPING");
    }));

  const otherChain = { chainId: 5, genesisHash: "0xaa", consensus: { type: "qbft", epoch: 9 } } as const;

  it("is not begun where every node holds another: the sentence names the address and what mends it", () =>
    withServed(createQbftNode(qbftBlocks(growingChain)), (url) =>
      withFolder(async (data) => {
        const error: unknown = await open({ urls: [url], data, known: otherChain }).catch((error: unknown) => error);
        expect(error).to.be.instanceOf(HufuError).with.property("code", "CHAIN_MISMATCH");
        expect(error)
          .with.property("message")
          .that.includes(url)
          .and.matches(/another folder/);
      }),
    ));

  it("is begun with what is known of it while one node is silent and one of another chain, which is asked for nothing else", () => {
    const node = createQbftNode(qbftBlocks(growingChain));
    return withServed(node, (url) =>
      withFolder(async (data) => {
        const chain = await open({ urls: [nobodyThere, url], data, known: otherChain });
        expect(chain).to.deep.include(otherChain);
        await chain.followed(20);
        const error: unknown = await chain.rpc.call("eth_gasPrice").catch((error: unknown) => error);
        expect(error).to.be.instanceOf(HufuError).with.property("code", "NODE_UNREACHABLE");
        expect(new Set(node.asked)).to.deep.equal(new Set(["eth_chainId", "eth_getBlockByNumber"]));
        await chain.stop();
      }),
    );
  });

  it("is asked through the second node while the first is gone", () =>
    withFolder(async (data) => {
      const served = await serveNode(createQbftNode(qbftBlocks(growingChain)));
      const chain = await open({ urls: [nobodyThere, served.url], data });
      expect(chain.url()).to.equal(served.url);
      await chain.stop();
      await served.close();
    }));
});
