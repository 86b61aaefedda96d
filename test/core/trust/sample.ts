import { bytesToBase64 } from "../../../core/base64.ts";
import { to0x, type Hex } from "../../../core/bytes.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import { qbftBlockHash } from "../../../core/proofs/qbft-extra.ts";
import { publishTrust, type TrustBundle, type TrustFacts } from "../../../core/trust/bundle.ts";
import { header, signatory } from "../proofs/sealed-chain.ts";
import { founders, growingChain, qbftBlocks } from "./qbft-blocks.ts";

const word = (digits: string): Hex => `0x${digits.repeat(32)}`;
const contract = (digits: string) => ({ address: `0x${digits.repeat(20)}`, codeHash: word(digits) }) as const;
export const contracts = {
  accessManager: contract("a1"),
  agencies: contract("a2"),
  ledger: contract("a3"),
  p256Verifier: contract("a4"),
} as const;
export const agencies = [
  { uscc: "11440310XX0001011N", name: "坪山示例市场监管局（虚构）" },
  { uscc: "11440310XX0001070R", name: "坪山示例司法局（虚构）" },
];
const gateway = {
  name: "坪山示例网关（虚构）",
  role: "gateway",
  validator: null,
  url: "https://hufu.example",
} as const;
const institution = {
  name: "坪山示例审计局（虚构）",
  role: "validator",
  validator: founders[0]!.address,
  url: "https://audit.example/trust.json",
} as const;

const base64 = ({ raw }: BlockHeader): string => bytesToBase64(raw);
export const hashOf = (block: BlockHeader): Hex => to0x(qbftBlockHash(block, nobleKeccak));

/** A bundle of the growing chain: one change of validators, one checkpoint. */
export function qbftFacts(blocks: readonly BlockHeader[] = qbftBlocks(growingChain)): TrustFacts {
  return {
    format: "hufu-trust",
    version: 1,
    chainId: 20_260_101,
    genesis: {
      hash: hashOf(blocks[0]!),
      header: base64(blocks[0]!),
      config: { chainId: 20_260_101, qbft: { epochlength: 100, blockperiodseconds: 1 } },
    },
    consensus: { type: "qbft", epoch: 100 },
    transitions: [{ votes: [5, 6, 8].map((number) => base64(blocks[number]!)), next: base64(blocks[9]!) }],
    checkpoints: [{ blockNumber: 10, blockHash: hashOf(blocks[10]!) }],
    contracts,
    deploymentBlock: 2,
    agencies,
    publishers: [gateway, institution],
    publishedAt: { blockNumber: 13, blockTime: "2026-11-25T03:04:05.000Z" },
  };
}

/** A bundle of an embedded chain. */
export function developmentFacts(): TrustFacts {
  const genesis = header({ number: 0, difficulty: 0n });
  return {
    ...qbftFacts(),
    genesis: { hash: to0x(nobleKeccak.hash(genesis.raw)), header: base64(genesis), config: null },
    consensus: { type: "development", sealer: signatory("sealer").address },
    transitions: [],
    checkpoints: [],
    publishers: [gateway],
  };
}

export function qbftTrust(changes: Partial<TrustFacts> = {}): TrustBundle {
  return publishTrust({ ...qbftFacts(), ...changes });
}
