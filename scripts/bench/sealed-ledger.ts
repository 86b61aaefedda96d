import { bytesToBase64 } from "../../core/base64.ts";
import { hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { parseHeader } from "../../core/proofs/header.ts";
import { qbftBlockHash } from "../../core/proofs/qbft-extra.ts";
import { publishTrust, type TrustBundle } from "../../core/trust/bundle.ts";
import { blockAt } from "../../server/chain/block.ts";
import { count, field, hexData } from "../../server/chain/quantity.ts";
import { resultOf, type RpcAnswer, type RpcCall } from "../../server/chain/rpc.ts";
import { qbftHeader, validators } from "./certificate/qbft-headers.ts";
import { headerJson } from "./header-json.ts";
import type { LedgerOnAnvil } from "./ledger-on-anvil.ts";

/** A ledger as an auditor is given it. */
export type AuditedLedger = Pick<LedgerOnAnvil, "rpc" | "trust">;

interface SealedBlock {
  readonly raw: Uint8Array;
  readonly hash: Hex;
  readonly json: Readonly<Record<string, Hex>>;
}

/**
 * The same ledger on a chain of QBFT validators: each block that the node has by now gets a header of theirs above its own state and time, and is known by the
 * hash of that. All is sealed here and kept, so that whoever asks waits for the node alone.
 */
export async function sealLedger({ rpc, trust }: AuditedLedger, keccak: Keccak): Promise<AuditedLedger> {
  const head = count(await rpc.call("eth_blockNumber"), "the newest block");
  const own = await rpc.batch(Array.from({ length: head + 1 }, (_, number) => blockAt(number)));
  const blocks: SealedBlock[] = [];
  for (const answer of own) blocks.push(sealBlock(blocks, answer, keccak));

  async function batch(calls: readonly RpcCall[]): Promise<RpcAnswer[]> {
    const answers = await rpc.batch(calls);
    return answers.map((answer, index) => sealed(blocks, calls[index]?.method, answer));
  }
  return {
    rpc: { batch, call: async (method, ...params) => resultOf((await batch([{ method, params }]))[0], method) },
    trust: trustIn(trust, blocks),
  };
}

/** The block that comes after `blocks`. */
function sealBlock(blocks: readonly SealedBlock[], own: RpcAnswer, keccak: Keccak): SealedBlock {
  const block = resultOf(own, "eth_getBlockByNumber");
  const facts = {
    number: blocks.length,
    parentHash: hexToBytes(blocks.at(-1)?.hash ?? `0x${"00".repeat(32)}`),
    stateRoot: hexToBytes(hexData(field(block, "stateRoot"), "a state root", 32)),
    timestamp: count(field(block, "timestamp"), "a block's time"),
  };
  const header = parseHeader(qbftHeader(facts, keccak));
  const hash = to0x(qbftBlockHash(header, keccak));
  return { raw: header.raw, hash, json: headerJson(header, hash) };
}

/** Of what an audit asks, only blocks and logs name a block's hash. */
function sealed(blocks: readonly SealedBlock[], method: string | undefined, answer: RpcAnswer): RpcAnswer {
  if (!answer.ok || answer.result === null) return answer;
  const { result } = answer;
  if (method === "eth_getBlockByNumber") return { ok: true, result: blockOf(blocks, field(result, "number")).json };
  if (method !== "eth_getLogs" || !Array.isArray(result)) return answer;
  const logs = result.map((log: object) => ({ ...log, blockHash: blockOf(blocks, field(log, "blockNumber")).hash }));
  return { ok: true, result: logs };
}

function blockOf(blocks: readonly SealedBlock[], number: unknown): SealedBlock {
  const block = blocks[count(number, "a block's number")];
  if (block === undefined) throw new Error("the chain has grown since it was sealed");
  return block;
}

function trustIn({ fingerprint: _, ...facts }: TrustBundle, [genesis]: readonly SealedBlock[]): TrustBundle {
  if (genesis === undefined) throw new Error("a chain has a genesis block");
  return publishTrust({
    ...facts,
    consensus: { type: "qbft", epoch: 30_000 },
    genesis: { hash: genesis.hash, header: bytesToBase64(genesis.raw), config: null },
    publishers: validators.map(({ address }, index) => ({
      ...{ name: `institution ${index + 1}`, validator: address, url: null },
      role: "validator",
    })),
  });
}
