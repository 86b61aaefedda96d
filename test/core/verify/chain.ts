import { bytesToBase64 } from "../../../core/base64.ts";
import { to0x, type Hex } from "../../../core/bytes.ts";
import type { SealedBlock } from "../../../core/certificate/certificate.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import type { Consensus } from "../../../core/proofs/consensus.ts";
import { parseHeader, plainHash } from "../../../core/proofs/header.ts";
import type { TrustBundle, TrustedTransition, TrustFacts } from "../../../core/trust/bundle.ts";
import { fingerprintOf } from "../../../core/trust/fingerprint.ts";
import { qbftBlockHash } from "../../../core/proofs/qbft-extra.ts";
import { cliqueHeader, developmentBlock, keyNamed, keysNamed, qbftHeader, type TestKey } from "./sealing.ts";

export const market = "11440310XX0001011N";
export const justice = "11440310XX0001070R";
export const marketName = "坪山示例市场监管局（虚构）";
export const justiceName = "坪山示例司法局（虚构）";

export const chainId = 20_260_101;
export const ledgerAddress: Hex = `0x${"1e".repeat(20)}`;
export const codeHash = to0x(keccak.hash(Uint8Array.of(0xfe)));

/** Those of the genesis block, and the one that the four of them took in. */
export const validators = keysNamed("validator", 4);
export const newcomer = keyNamed("newcomer");
export const sealer = keyNamed("gateway of a desk");
export const stranger = keyNamed("stranger");

/** `after-a-change`: QBFT, and the newcomer seals from block 31 on. */
export type ChainType = "qbft" | "after-a-change" | "clique" | "development";

const genesisTime = Date.UTC(2026, 10, 1) / 1000;
const addresses = (keys: readonly TestKey[]): Hex[] => keys.map(({ address }) => address);
export const enlarged = [...validators, newcomer].sort((a, b) => (a.address < b.address ? -1 : 1));

/** The newest set. */
export function validatorsOf(type: ChainType): readonly TestKey[] {
  return type === "after-a-change" ? enlarged : type === "development" ? [sealer] : validators;
}

export function consensusOf(type: ChainType): Consensus {
  if (type === "clique") return { type, epoch: 30_000, period: 1 };
  if (type === "development") return { type, sealer: sealer.address };
  return { type: "qbft", epoch: 30_000 };
}

function genesisOf(type: ChainType): Uint8Array {
  const facts = { number: 0, parentHash: new Uint8Array(32), timestamp: genesisTime };
  if (type === "clique") return cliqueHeader({ ...facts, signers: validators, signer: null });
  if (type === "development") return developmentBlock(facts, chainId, sealer)[0];
  return qbftHeader({ ...facts, validators: addresses(validators), signers: [] });
}

/** Three of four vote the newcomer in, in blocks 28 to 30. */
function transitionsOf(type: ChainType): TrustedTransition[] {
  if (type !== "after-a-change") return [];
  const vote = { subject: newcomer.address, direction: "add" } as const;
  const listed = { validators: addresses(validators), signers: validators.slice(0, 3), vote };
  const voteOf = (number: number): Uint8Array =>
    qbftHeader({ ...listed, number, timestamp: genesisTime + number, proposer: validators[number - 28]!.address });
  const votes = [28, 29, 30].map(voteOf);
  const parentHash = qbftBlockHash(parseHeader(votes[2]!), keccak);
  const sealed = { validators: addresses(enlarged), signers: enlarged.slice(0, 4) };
  const next = qbftHeader({ ...sealed, number: 31, timestamp: genesisTime + 31, parentHash });
  return [{ votes: votes.map(bytesToBase64), next: bytesToBase64(next) }];
}

/** What the institutions publish about the tests' chain; `other` replaces members, and the fingerprint fits. */
export function bundleOf(type: ChainType = "qbft", other: Partial<TrustFacts> = {}): TrustBundle {
  const genesis = genesisOf(type);
  const contract = (digit: string) =>
    ({ address: `0x${digit.repeat(40)}`, codeHash: `0x${digit.repeat(64)}` }) as const;
  const facts: TrustFacts = {
    format: "hufu-trust",
    version: 1,
    chainId,
    genesis: {
      hash: to0x(plainHash(parseHeader(genesis), keccak)),
      header: bytesToBase64(genesis),
      config: null,
    },
    consensus: consensusOf(type),
    transitions: transitionsOf(type),
    checkpoints: [],
    contracts: {
      accessManager: contract("a"),
      agencies: contract("b"),
      ledger: { address: ledgerAddress, codeHash },
      p256Verifier: contract("c"),
    },
    deploymentBlock: 1,
    agencies: [
      { uscc: market, name: marketName },
      { uscc: justice, name: justiceName },
    ],
    publishers: [
      { name: "示例网关（虚构）", role: "gateway", validator: null, url: null },
      { name: "坪山示例审计局（虚构）", role: "validator", validator: validators[0]!.address, url: null },
    ],
    publishedAt: { blockNumber: 100, blockTime: new Date((genesisTime + 2_000_000) * 1000).toISOString() },
    ...other,
  };
  return { ...facts, fingerprint: fingerprintOf(facts) };
}

export interface BlockFacts {
  readonly number: number;
  readonly stateRoot: Uint8Array;
  /** seconds */
  readonly timestamp: number;
  /** another block of the same height */
  readonly parentHash?: Uint8Array;
}

/** A block sealed as its chain seals: by three of four, by four of five, or signed by three in their turns. */
export function sealedBlock(type: ChainType, facts: BlockFacts): SealedBlock {
  if (type === "development") {
    const [header, seal] = developmentBlock(facts, chainId, sealer);
    return { header: bytesToBase64(header), following: [], seal: bytesToBase64(seal) };
  }
  if (type === "clique") {
    const headers = cliqueChain(facts, 3);
    return { header: headers[0]!, following: headers.slice(1), seal: null };
  }
  const set = validatorsOf(type);
  const header = qbftHeader({ ...facts, validators: addresses(set), signers: set.slice(0, set.length - 1) });
  return { header: bytesToBase64(header), following: [], seal: null };
}

/** `length` headers on top of each other, base64. */
export function cliqueChain(facts: BlockFacts, length: number, signers: readonly TestKey[] = validators): string[] {
  const headers: Uint8Array[] = [];
  for (let index = 0; index < length; index++) {
    const parent = headers.at(-1);
    const own = { ...facts, number: facts.number + index, timestamp: facts.timestamp + index, signers };
    headers.push(
      cliqueHeader(parent === undefined ? own : { ...own, parentHash: plainHash(parseHeader(parent), keccak) }),
    );
  }
  return headers.map(bytesToBase64);
}
