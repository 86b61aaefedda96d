import { bytesToBase64 } from "../../../core/base64.ts";
import { to0x, type Hex } from "../../../core/bytes.ts";
import type { SealedBlock } from "../../../core/certificate/certificate.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import type { Consensus } from "../../../core/proofs/consensus.ts";
import { plainHash, type BlockHeader } from "../../../core/proofs/header.ts";
import { qbftBlockHash } from "../../../core/proofs/qbft-extra.ts";
import type { TrustBundle, TrustedTransition, TrustFacts } from "../../../core/trust/bundle.ts";
import { fingerprintOf } from "../../../core/trust/fingerprint.ts";
import {
  genesisOf as genesisHeader,
  header,
  qbftValidators,
  sealClique,
  sealDevelopment,
  sealQbft,
  signatory,
  type CliqueSealing,
  type Fields,
  type Signatory,
} from "../proofs/sealed-chain.ts";

export const market = "11440310XX0001011N";
export const justice = "11440310XX0001070R";
export const marketName = "坪山示例市场监管局（虚构）";
export const justiceName = "坪山示例司法局（虚构）";

export const chainId = 20_260_101;
export const ledgerAddress: Hex = `0x${"1e".repeat(20)}`;
export const codeHash = to0x(keccak.hash(Uint8Array.of(0xfe)));

/** Those of the genesis block, and the one that the four of them took in. */
export const validators = qbftValidators(4);
export const newcomer = signatory("newcomer");
export const sealer = signatory("gateway of a desk");
export const stranger = signatory("stranger");

/** `after-a-change`: QBFT, and the newcomer seals from block 31 on. */
export type ChainType = "qbft" | "after-a-change" | "clique" | "development";

const genesisTime = Date.UTC(2026, 10, 1) / 1000;
export const enlarged = [...validators, newcomer].sort((a, b) => (a.address < b.address ? -1 : 1));

/** The newest set. */
export function validatorsOf(type: ChainType): readonly Signatory[] {
  return type === "after-a-change" ? enlarged : type === "development" ? [sealer] : validators;
}

export function consensusOf(type: ChainType): Consensus {
  if (type === "clique") return { type, epoch: 30_000, period: 1 };
  if (type === "development") return { type, sealer: sealer.address };
  return { type: "qbft", epoch: 30_000 };
}

function genesisOf(type: ChainType): BlockHeader {
  if (type === "development") return header({ number: 0, timestamp: genesisTime, difficulty: 0n });
  return genesisHeader(type === "clique" ? "clique" : "qbft", validators);
}

/** Three of four vote the newcomer in, in blocks 28 to 30. */
function transitionsOf(type: ChainType): TrustedTransition[] {
  if (type !== "after-a-change") return [];
  const vote = { subject: newcomer.address, direction: "add" } as const;
  const votes = [28, 29, 30].map((number, index) => {
    const fields = { number, timestamp: genesisTime + number, coinbase: validators[index]!.address };
    return sealQbft({ fields, validators, signers: validators.slice(0, 3), vote });
  });
  const parentHash = qbftBlockHash(votes[2]!, keccak);
  const fields = { number: 31, timestamp: genesisTime + 31, parentHash };
  const next = sealQbft({ fields, validators: enlarged, signers: enlarged.slice(0, 4) });
  return [{ votes: votes.map(({ raw }) => bytesToBase64(raw)), next: bytesToBase64(next.raw) }];
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
      hash: to0x(plainHash(genesis, keccak)),
      header: bytesToBase64(genesis.raw),
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

/** What a test says of the block that a proof is of. */
export type BlockFacts = Pick<Fields, "number" | "stateRoot" | "timestamp"> & Partial<Fields>;

/** A block sealed as its chain seals: by three of four, by four of five, or signed by three in their turns. */
export function sealedBlock(type: ChainType, fields: BlockFacts): SealedBlock {
  if (type === "clique") return cliqueBlock(cliqueChain(fields, 3));
  if (type === "development") {
    const block = header({ difficulty: 0n, ...fields });
    return blockOf(block, sealDevelopment(block, chainId, sealer));
  }
  const set = validatorsOf(type);
  return blockOf(sealQbft({ fields, validators: set, signers: set.slice(0, set.length - 1) }));
}

export function blockOf({ raw }: BlockHeader, seal: Uint8Array | null = null): SealedBlock {
  return { header: bytesToBase64(raw), following: [], seal: seal && bytesToBase64(seal) };
}

/** The first of the headers, endorsed by the rest. */
export function cliqueBlock(headers: readonly BlockHeader[]): SealedBlock {
  const [first, ...following] = headers.map(({ raw }) => bytesToBase64(raw));
  return { header: first!, following, seal: null };
}

/** `length` headers on top of each other, each signed by whose turn it is; `changed` replaces what the one at an index is made of. */
export function cliqueChain(
  fields: BlockFacts,
  length: number,
  changed: (index: number, own: CliqueSealing) => Partial<CliqueSealing> = () => ({}),
): BlockHeader[] {
  const headers: BlockHeader[] = [];
  for (let index = 0; index < length; index++) {
    const parent = headers.at(-1);
    const parentHash = parent === undefined ? {} : { parentHash: plainHash(parent, keccak) };
    const number = fields.number + index;
    const at = { ...fields, number, timestamp: fields.timestamp + index, ...parentHash };
    const own = { fields: at, signer: validators[number % validators.length]!, signers: validators };
    headers.push(sealClique({ ...own, ...changed(index, own) }));
  }
  return headers;
}
