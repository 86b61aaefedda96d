import { createMerkleProof, createMPT, type MerklePatriciaTrie } from "@ethereumjs/mpt";
import { RLP } from "@ethereumjs/rlp";
import { Wallet } from "ethers";

import { bytesToBase64 } from "../../core/base64.ts";
import { concatBytes, hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { nobleKeccak as keccak } from "../../core/ledger/keccak.ts";
import { publishTrust, type TrustBundle, type TrustFacts } from "../../core/trust/bundle.ts";
import { toQuantity } from "../../server/chain/quantity.ts";
import { resultOf, type Rpc, type RpcAnswer, type RpcCall } from "../../server/chain/rpc.ts";
import { createDevelopmentSeal } from "../../server/proofs/development-seal.ts";
import type { Sealing } from "../../server/proofs/sealed-block.ts";

export const CHAIN_ID = 1337;
export const ledgerAddress: Hex = `0x${"22".repeat(20)}`;
const codeHash: Hex = `0x${"c0de".repeat(16)}`;
/** A block every ten seconds from here; milliseconds. */
export const GENESIS_TIME = Date.UTC(2026, 10, 24);

export interface PretendedBlock {
  readonly number: number;
  readonly hash: Hex;
  /** milliseconds */
  readonly time: number;
}

/** A node without a chain: blocks with real state tries, of the ledger's storage alone. It answers for headers and proofs. */
export interface PretendedChain {
  readonly rpc: Rpc;
  readonly sealing: Sealing;
  head(): PretendedBlock;
  /** milliseconds: of the next block */
  nextTime(): number;
  /** Makes a block that sets these slots. */
  mine(slots: readonly (readonly [slot: Hex, word: Hex])[]): Promise<PretendedBlock>;
  trust(agencies: TrustFacts["agencies"]): TrustBundle;
  /** while true, nobody answers */
  isDown: boolean;
  /** blocks that it has not read yet */
  lag: number;
  /** changes what the node answers to eth_getProof */
  lie: (answer: Record<string, unknown>) => unknown;
}

interface Block extends PretendedBlock {
  readonly json: Record<string, unknown>;
  readonly raw: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly storageRoot: Uint8Array;
}

const word = (fill: string): Hex => `0x${fill.repeat(32)}`;
const sealer = new Wallet(`0x${"5ea1".repeat(16)}`);
const sealerAddress: Hex = `0x${sealer.address.slice(2).toLowerCase()}`;

export async function createPretendedChain(): Promise<PretendedChain> {
  const storage = await createMPT({ useKeyHashing: true });
  const state = await createMPT({ useKeyHashing: true });
  for (let i = 1; i <= 40; i++) await state.put(hexToBytes(i.toString(16).padStart(40, "0")), account(storage.root()));
  const blocks: Block[] = [];

  async function mine(slots: readonly (readonly [slot: Hex, word: Hex])[]): Promise<Block> {
    // A slot of zeros is none.
    for (const [slot, value] of slots)
      await storage.put(hexToBytes(slot), BigInt(value) === 0n ? null : RLP.encode(BigInt(value)));
    await state.put(hexToBytes(ledgerAddress), account(storage.root()));
    const block = makeBlock(blocks, state.root(), storage.root());
    blocks.push(block);
    return block;
  }

  function at(number: unknown): Block | undefined {
    return number === "latest" ? blocks.at(-1 - chain.lag) : blocks[Number(number)];
  }

  async function answer({ method, params }: RpcCall): Promise<unknown> {
    if (method === "eth_getBlockByNumber") return at(params[0])?.json ?? null;
    if (method !== "eth_getProof") throw new Error(`the pretended node does not know ${method}`);
    const [address, slots, number] = params as [Hex, Hex[], Hex];
    const block = at(number);
    if (block === undefined) throw new Error("no such block");
    return chain.lie(await proofAt({ state, storage }, block, address, slots));
  }

  const chain: PretendedChain = {
    isDown: false,
    lag: 0,
    lie: (answer) => answer,
    sealing: {
      type: "development",
      seal: createDevelopmentSeal({ sealer: { address: sealerAddress, wallet: sealer }, chainId: CHAIN_ID, keccak }),
    },
    head: () => blocks.at(-1)!,
    nextTime: () => GENESIS_TIME + blocks.length * 10_000,
    mine,
    trust: (agencies) => bundleOf(blocks[0]!, agencies),
    rpc: {
      async batch(calls) {
        if (chain.isDown) throw new HufuError("NODE_UNREACHABLE", "The pretended node is down.");
        return Promise.all(calls.map(async (call): Promise<RpcAnswer> => ({ ok: true, result: await answer(call) })));
      },
      async call(method, ...params) {
        return resultOf((await chain.rpc.batch([{ method, params }]))[0], method);
      },
    },
  };
  await mine([]);
  return chain;
}

interface Tries {
  readonly state: MerklePatriciaTrie;
  readonly storage: MerklePatriciaTrie;
}

/** Tries keep the nodes of every block, so an older one is a copy with its root. */
async function proofAt({ state, storage }: Tries, block: Block, address: Hex, slots: readonly Hex[]) {
  const [states, words] = [state.shallowCopy(false), storage.shallowCopy(false)];
  states.root(block.stateRoot);
  words.root(block.storageRoot);
  const storageProof = [];
  for (const slot of slots) {
    const found = await words.get(hexToBytes(slot));
    const value = found === null ? "0x0" : toQuantity(BigInt(to0x(RLP.decode(found) as Uint8Array)));
    storageProof.push({ key: slot, value, proof: (await createMerkleProof(words, hexToBytes(slot))).map(to0x) });
  }
  return {
    address,
    ...{ balance: "0x0", nonce: "0x1", codeHash, storageHash: to0x(block.storageRoot) },
    accountProof: (await createMerkleProof(states, hexToBytes(address))).map(to0x),
    storageProof,
  };
}

function account(storageRoot: Uint8Array): Uint8Array {
  return RLP.encode([1, 0, storageRoot, hexToBytes(codeHash)]);
}

function makeBlock(blocks: readonly Block[], stateRoot: Uint8Array, storageRoot: Uint8Array): Block {
  const number = blocks.length;
  const time = GENESIS_TIME + number * 10_000;
  const json = {
    parentHash: blocks.at(-1)?.hash ?? word("00"),
    sha3Uncles: word("1d"),
    miner: `0x${"00".repeat(20)}`,
    stateRoot: to0x(stateRoot),
    transactionsRoot: word("56"),
    receiptsRoot: word("57"),
    logsBloom: `0x${"00".repeat(256)}`,
    difficulty: "0x0",
    number: toQuantity(number),
    gasLimit: "0x1c9c380",
    gasUsed: "0x0",
    timestamp: toQuantity(time / 1000),
    extraData: "0x",
    mixHash: word("00"),
    nonce: `0x${"00".repeat(8)}`,
    baseFeePerGas: "0x7",
  };
  const quantities = new Set(["difficulty", "number", "gasLimit", "gasUsed", "timestamp", "baseFeePerGas"]);
  const items = Object.entries(json).map(([name, value]) => (quantities.has(name) ? BigInt(value) : hexToBytes(value)));
  const raw = concatBytes(RLP.encode(items));
  const hash = to0x(keccak.hash(raw));
  return { number, hash, time, raw, stateRoot, storageRoot, json: { ...json, hash } };
}

function bundleOf(genesis: Block, agencies: TrustFacts["agencies"]): TrustBundle {
  const other = (fill: string): { address: Hex; codeHash: Hex } => ({
    address: `0x${fill.repeat(20)}`,
    codeHash: word(fill),
  });
  return publishTrust({
    format: "hufu-trust",
    version: 1,
    chainId: CHAIN_ID,
    genesis: { hash: genesis.hash, header: bytesToBase64(genesis.raw), config: null },
    consensus: { type: "development", sealer: sealerAddress },
    transitions: [],
    checkpoints: [],
    contracts: {
      accessManager: other("31"),
      agencies: other("33"),
      ledger: { address: ledgerAddress, codeHash },
      p256Verifier: other("34"),
    },
    deploymentBlock: 1,
    agencies,
    publishers: [{ name: "a test's gateway", role: "gateway", validator: null, url: null }],
    publishedAt: { blockNumber: 0, blockTime: new Date(GENESIS_TIME).toISOString() },
  });
}
