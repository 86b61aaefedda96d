import { expect } from "chai";
import { examineAgreement } from "../../../scripts/doctor/agreement.ts";
import { examineBlockRoom } from "../../../scripts/doctor/block-room.ts";
import { examine } from "../../../scripts/doctor/examine.ts";
import { examineHead } from "../../../scripts/doctor/head.ts";
import { examineNode } from "../../../scripts/doctor/nodes.ts";
import { examineSigners } from "../../../scripts/doctor/signers.ts";
import { HufuError } from "../../../core/error.ts";
import { cliqueBlocks } from "../../server/chain/clique-blocks.ts";
import { createQbftNode } from "../../server/chain/qbft-node.ts";
import { addressesOf, fastTools, qbftValidators } from "../../core/proofs/sealed-chain.ts";
import { founders, growingChain, newcomer, qbftBlocks } from "../../core/trust/qbft-blocks.ts";
import { answering, codesOf, findingOf, seen } from "./pretended.ts";

const blocks = qbftBlocks(growingChain);
const url = "http://node.example";
const node = createQbftNode(blocks);
const wanted = { chainId: node.knows.chainId, genesisHash: node.knows.hashOf(blocks[0]!) };

describe("the doctor on a node", () => {
  const look = (
    answers: Record<string, unknown>,
    validators: number | null = 4,
    chain: typeof wanted | null = wanted,
  ) => examineNode({ url, rpc: answering(node, answers), wanted: chain, validators });

  it("says which block it has, and with how many it is connected", async () => {
    const { findings, node: found } = await look({ net_peerCount: "0x3", eth_syncing: false });
    expect(codesOf(findings)).to.deep.equal(["NODE_ANSWERS", "NODE_PEERS"]);
    expect(found?.head.number).to.equal(13);
    expect(codesOf((await look({ net_peerCount: "0x0" })).findings)).to.include("NODE_ALONE");
    expect(codesOf((await look({ net_peerCount: "0x2" })).findings)).to.include("NODE_PEERS");
    expect(codesOf((await look({ net_peerCount: "0x1" })).findings)).to.include("NODE_FEW_PEERS");
    expect(codesOf((await look({ net_peerCount: "0x1" }, null)).findings)).to.include("NODE_PEERS");
    expect(codesOf((await look({})).findings)).to.include("PEERS_REFUSED");
    expect(codesOf((await look({}, 1, null)).findings)).to.deep.equal(["NODE_ANSWERS"]);
  });

  it("says that it is catching up", async () => {
    const { findings } = await look({ eth_syncing: { currentBlock: "0xa", highestBlock: "0x64" } });
    expect(findingOf(findings, "NODE_SYNCING").params).to.deep.equal({ url, block: 10, of: 100 });
  });

  it("looks no further where it holds another chain, or gives no answer", async () => {
    const other = await look({}, 4, { ...wanted, chainId: 1 });
    expect(codesOf(other.findings)).to.deep.equal(["NODE_OTHER_CHAIN"]);
    expect(other.node).to.equal(null);
    const down = createQbftNode(blocks);
    down.knows.isDown = true;
    const silent = await examineNode({ url, rpc: down, wanted, validators: 4 });
    expect(codesOf(silent.findings)).to.deep.equal(["NODE_SILENT"]);
    expect(silent.node).to.equal(null);
  });
});

describe("the doctor on several nodes", () => {
  const [sets, epoch] = [[{ since: 0, signers: founders }], 100];
  const long = cliqueBlocks({ length: 40, sets, epoch });
  const of = (chain: typeof long, name: string) => seen(chain, { url: name, isClique: true });

  it("finds them on one chain, also where one has some blocks more", async () => {
    const findings = await examineAgreement([await of(long, "a"), await of(long.slice(0, 38), "b")], false);
    expect(codesOf(findings)).to.deep.equal(["NODES_AGREE"]);
    expect(await examineAgreement([await of(long, "a")], false)).to.deep.equal([]);
  });

  it("names one that is behind", async () => {
    const findings = await examineAgreement([await of(long.slice(0, 20), "b"), await of(long, "a")], false);
    expect(findingOf(findings, "NODE_BEHIND").params).to.deep.equal({ url: "b", blocks: 20 });
    expect(findingOf(findings, "NODES_AGREE").params).to.deep.equal({ nodes: 2, block: 19 });
  });

  it("names one that is behind on a branch of its own, however short, a fork", async () => {
    for (const [length, parting] of [
      [20, 19],
      [29, 28],
      [29, 20],
    ] as const) {
      const own = cliqueBlocks({ length, sets, epoch, after: long.slice(0, parting) });
      const nodes = [await of(long, "a"), await of(long.slice(0, 39), "c"), await of(own, "b")];
      const findings = await examineAgreement(nodes, false);
      expect(codesOf(findings)).to.deep.equal(["NODES_FORKED"]);
      expect(findings[0]?.params).to.deep.equal({ one: "a", other: "b", block: parting });
    }
  });

  it("names two branches of a block or two where no block comes any more", async () => {
    for (const [length, parting] of [
      [40, 38],
      [40, 39],
      [39, 38],
    ] as const) {
      const other = cliqueBlocks({ length, sets, epoch, after: long.slice(0, parting) });
      // One more that has none of its own must not hide them.
      const nodes = [await of(long, "a"), await of(other, "b"), await of(long.slice(0, parting), "c")];
      const findings = await examineAgreement(nodes, true);
      expect(codesOf(findings)).to.deep.equal(["NODES_FORKED"]);
      expect(findings[0]?.params).to.deep.equal({ one: "a", other: "b", block: parting });
    }
    const agreeing = await examineAgreement([await of(long, "a"), await of(long.slice(0, 38), "b")], true);
    expect(agreeing.map(({ code, params }) => [code, params["block"]])).to.deep.equal([["NODES_AGREE", 37]]);
  });

  it("looks at the newest blocks once the newest is so old that the chain stands still", async () => {
    const other = cliqueBlocks({ length: 39, sets, epoch, after: long.slice(0, 38) });
    const nodes = [await of(long, "a"), await of(other, "b")];
    const nothing = { data: null, gateway: null, trust: null, password: null, gasPrice: null, batchSize: 500 };
    const after = async (seconds: number) => {
      const now = () => 1000 * (long.at(-1)!.timestamp + seconds);
      return codesOf(await examine({ ...nothing, ...fastTools, nodes, now }));
    };
    expect(await after(1)).to.include.members(["CHAIN_MOVES", "NODES_AGREE"]);
    expect(await after(31)).to.include.members(["CHAIN_STANDS_STILL", "NODES_FORKED"]);
  });

  it("names two of different branches, and the first block that differs", async () => {
    for (const parting of [1, 2, 17, 32]) {
      const other = cliqueBlocks({ length: 40, sets, epoch, after: long.slice(0, parting) });
      const findings = await examineAgreement([await of(long, "a"), await of(other, "b")], false);
      expect(findingOf(findings, "NODES_FORKED").params["block"], `from ${parting} on`).to.equal(parting);
    }
  });

  it("takes a fork of the newest blocks for what is ordinary", async () => {
    const other = cliqueBlocks({ length: 40, sets, epoch, after: long.slice(0, 38) });
    const findings = await examineAgreement([await of(long, "a"), await of(other, "b")], false);
    expect(codesOf(findings)).to.deep.equal(["NODES_AGREE"]);
  });
});

describe("the doctor on the newest block", () => {
  const made = 1_780_000_013;
  const at = async (seconds: number, ahead: number | null = 0, period = 1, readTo: number | null = null) => {
    const consensus = { type: "clique", epoch: 100, period } as const;
    return codesOf(examineHead({ node: await seen(blocks), consensus, readTo, ahead, now: 1000 * (made + seconds) }));
  };

  it("says whether blocks come, by its age and the chain's period", async () => {
    expect(await at(1)).to.deep.equal(["CHAIN_MOVES", "CLOCKS_AGREE"]);
    expect(await at(30)).to.include("CHAIN_MOVES");
    expect(await at(31)).to.include("CHAIN_STANDS_STILL");
    expect(await at(31, 0, 15)).to.include("CHAIN_MOVES");
    expect(await at(151, 0, 15)).to.include("CHAIN_STANDS_STILL");
  });

  it("says that it is below what the gateway has read, unless by the few that news may be late", async () => {
    expect(await at(1, 0, 1, 17)).to.deep.equal(["CHAIN_MOVES", "CHAIN_BEHIND_GATEWAY", "CLOCKS_AGREE"]);
    for (const readTo of [null, 0, 13, 16]) expect(await at(1, 0, 1, readTo)).not.to.include("CHAIN_BEHIND_GATEWAY");
  });

  it("compares the clocks of gateway, chain and this machine", async () => {
    expect(await at(1, null)).to.include("CLOCKS_AGREE");
    expect(await at(1, 6))
      .to.include("CLOCK_OF_GATEWAY")
      .and.not.include("CLOCKS_AGREE");
    expect(await at(1, -6)).to.include("CLOCK_OF_GATEWAY");
    expect(await at(-6)).to.include("CLOCK_OF_CHAIN");
    expect(await at(-5)).to.include("CLOCKS_AGREE");
  });
});

describe("the doctor on the block's gas limit", () => {
  it("says how many records a batch can have where HUFU_BATCH_SIZE is more than a block holds", async () => {
    const node = await seen(blocks);
    const holding = (gasLimit: unknown) =>
      examineBlockRoom({ ...node, rpc: answering(node.rpc, { eth_getBlockByNumber: { gasLimit } }) }, 500);
    expect((await holding("0x16e360")).code).to.equal("BLOCKS_HOLD_BATCHES");
    const { code, level, params } = await holding("0x16e35f");
    expect([code, level]).to.deep.equal(["BLOCKS_TOO_SMALL", "PROBLEM"]);
    expect(params).to.deep.equal({ records: 500, gas: 1_500_000, limit: 1_499_999, most: 499 });
    expect((await holding("0x5208")).params["most"]).to.equal(0);
  });
});

describe("the doctor on validators", () => {
  const names = new Map([[founders[3]!.address, "坪山示例审计局（虚构）"]]);
  const epoch = 100;
  const sets = [{ since: 0, signers: founders }];
  const rounds = (some: typeof founders) =>
    cliqueBlocks({ length: 30, sets, epoch, signerOf: (number) => some[number % some.length]! });
  const look = async (
    chain: typeof blocks,
    answers: Record<string, unknown>,
    {
      trusted = addressesOf(founders),
      isStill = false,
    }: { trusted?: readonly `0x${string}`[] | null; isStill?: boolean } = {},
  ) =>
    examineSigners({
      ...fastTools,
      node: await seen(chain, { answers, isClique: true }),
      type: "clique",
      ...{ trusted, names, isStill },
    });
  const all = { clique_getSigners: addressesOf(founders) };

  it("finds that each signer of a Clique chain signs", async () => {
    const { findings, now } = await look(rounds(founders), all);
    expect(codesOf(findings)).to.deep.equal(["VALIDATORS_SIGN"]);
    expect(now).to.deep.equal(addressesOf(founders));
  });

  it("names the one that does not, with its institution, and says that none more may fail", async () => {
    const { findings } = await look(rounds(founders.slice(0, 3)), all);
    expect(codesOf(findings)).to.deep.equal(["VALIDATORS_NONE_SPARE", "VALIDATOR_SILENT"]);
    expect(findings[1]!.params["validator"]).to.equal(`${founders[3]!.address} (坪山示例审计局（虚构）)`);
    expect(findings[0]!.params).to.deep.equal({ by: 3, of: 4, needed: 3, blocks: 8 });
    expect(findings.map(({ level }) => level)).to.deep.equal(["WARNING", "WARNING"]);
  });

  it("judges nobody to run by the blocks of a chain that stands still, and still names who signed none of them", async () => {
    const [all4, three] = [rounds(founders), rounds(founders.slice(0, 3))];
    expect(codesOf((await look(all4, all, { isStill: true })).findings)).to.deep.equal(["NOT_LOOKED_AT"]);
    const { findings } = await look(three, all, { isStill: true });
    expect(codesOf(findings)).to.deep.equal(["NOT_LOOKED_AT", "VALIDATOR_SILENT"]);
    expect(findings[0]!.params["why"]).to.match(/stands still/);
  });

  it("says nothing of spare ones where there are some", async () => {
    const seven = qbftValidators(7);
    const chain = cliqueBlocks({
      length: 30,
      sets: [{ since: 0, signers: seven }],
      epoch,
      signerOf: (number) => seven[number % 6]!,
    });
    const { findings } = await look(chain, { clique_getSigners: addressesOf(seven) });
    expect(codesOf(findings)).to.deep.equal(["VALIDATOR_SILENT"]);
  });

  it("takes the bundle's signers where the node does not say, and names a stranger among those who sign", async () => {
    const some = [...founders.slice(0, 3), newcomer];
    const { findings, now } = await look(rounds(some), {});
    expect(now).to.equal(null);
    expect(codesOf(findings)).to.include.members(["VALIDATOR_SILENT", "STRANGERS_SIGN"]);
    expect(findingOf(findings, "STRANGERS_SIGN").params["strangers"]).to.equal(newcomer.address);
  });

  it("does not judge a chain that is too young, or without anybody's word who may sign", async () => {
    expect(codesOf((await look(rounds(founders).slice(0, 5), all)).findings)).to.deep.equal(["NOT_LOOKED_AT"]);
    expect(codesOf((await look(rounds(founders), {}, { trusted: null })).findings)).to.deep.equal(["NOT_LOOKED_AT"]);
  });

  it("reads who seals a QBFT chain, proposers among them", async () => {
    const input = { ...fastTools, type: "qbft", trusted: null, names, isStill: false } as const;
    const whole = await examineSigners({
      ...input,
      node: await seen(qbftBlocks({ length: 30, sets: [{ since: 0, validators: founders }], votes: {} })),
    });
    expect(codesOf(whole.findings)).to.deep.equal(["VALIDATORS_SIGN"]);
    expect(whole.now).to.deep.equal(addressesOf(founders));
    // Its seal always comes too late, but it proposes.
    const late = await examineSigners({
      ...input,
      node: await seen(qbftBlocks({ length: 30, sets: [{ since: 0, validators: founders }], votes: {}, absent: 1 })),
    });
    expect(codesOf(late.findings)).to.deep.equal(["VALIDATORS_SIGN"]);
    const votes = Object.fromEntries(
      Array.from({ length: 30 }, (_, number) => [
        number,
        { voter: founders[1]!, vote: { subject: newcomer.address, direction: "drop" } as const },
      ]),
    );
    const silent = await examineSigners({
      ...input,
      node: await seen(qbftBlocks({ length: 30, sets: [{ since: 0, validators: founders }], votes, absent: 1 })),
    });
    expect(codesOf(silent.findings)).to.deep.equal(["VALIDATORS_NONE_SPARE", "VALIDATOR_SILENT"]);
    expect(silent.findings[1]!.params["validator"]).to.equal(founders[0]!.address);
  });

  it("passes on what the node throws", async () => {
    const down = createQbftNode(rounds(founders));
    const found = await seen(rounds(founders), { isClique: true });
    down.knows.isDown = true;
    const failed = examineSigners({
      ...fastTools,
      node: { ...found, rpc: down },
      ...{ type: "clique", trusted: null, names, isStill: false },
    });
    expect(await failed.catch((error: unknown) => error instanceof HufuError && error.code)).to.equal(
      "NODE_UNREACHABLE",
    );
  });
});
