import { hexToBytes, to0x, type Hex } from "../../../core/bytes.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { plainHash, type BlockHeader } from "../../../core/proofs/header.ts";
import { scalarBytes } from "../../../core/proofs/rlp.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import { genesisOf, sealClique, type Signatory } from "../../core/proofs/sealed-chain.ts";
import { headerJson } from "../../../scripts/bench/header-json.ts";
import type { Call } from "./lying-node.ts";

type Json = Readonly<Record<string, unknown>>;

/** The blocks of a node as Clique signers would have signed them, each in its turn; state and logs stay. */
export interface CliqueChain {
  readonly genesis: BlockHeader;
  /** what a node of that chain answers where the node behind answers `result` */
  answer(call: Call, result: unknown): unknown;
}

const newer = ["withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot", "requestsHash"];

export async function signByClique(rpc: Rpc, signers: readonly Signatory[]): Promise<CliqueChain> {
  const head = Number(await rpc.call("eth_blockNumber"));
  const genesis = genesisOf("clique", signers);
  const blocks: Json[] = [];
  const hashes = new Map<unknown, Hex>();
  let parent = genesis;
  for (let number = 0; number <= head; number++) {
    const own = (await rpc.call("eth_getBlockByNumber", `0x${number.toString(16)}`, false)) as Json; // as: a block
    if (number > 0) parent = signed(number, own, parent, signers);
    const hash = to0x(plainHash(parent, nobleKeccak));
    hashes.set(own["hash"], hash);
    const old = Object.fromEntries(Object.entries(own).filter(([name]) => !newer.includes(name)));
    blocks.push({ ...old, ...headerJson(parent, hash) });
  }
  return {
    genesis,
    answer({ method }, result) {
      if (method === "eth_getBlockByNumber" && result !== null) return blocks[Number((result as Json)["number"])]; // as: a block
      if (method !== "eth_getLogs") return result;
      return (result as Json[]).map((log) => ({ ...log, blockHash: hashes.get(log["blockHash"]) })); // as: logs
    },
  };
}

function signed(number: number, own: Json, parent: BlockHeader, signers: readonly Signatory[]): BlockHeader {
  return sealClique({
    signer: signers[number % signers.length]!,
    signers,
    fields: {
      number,
      parentHash: plainHash(parent, nobleKeccak),
      stateRoot: hexToBytes(String(own["stateRoot"])),
      timestamp: Number(own["timestamp"]),
      later: [scalarBytes(BigInt(String(own["baseFeePerGas"])))],
    },
  });
}
