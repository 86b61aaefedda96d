import { bytesToBase64 } from "../../../core/base64.ts";
import { bytesToHex, concatBytes, hexToBytes, to0x, utf8, type Hex } from "../../../core/bytes.ts";
import type { Certificate, CertificateBatch, Proof, ProvenSlot } from "../../../core/certificate/certificate.ts";
import { certifyRecord } from "../../../core/certificate/issue.ts";
import { nobleHasher } from "../../../core/hash.ts";
import { parseJson, type JsonObject } from "../../../core/json/parse.ts";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import type { Keccak } from "../../../core/ledger/keccak.ts";
import { leafOf } from "../../../core/ledger/leaf.ts";
import { buildTree, orderBatch } from "../../../core/ledger/merkle.ts";
import { batchSlot, batchWord, statusSlot } from "../../../core/ledger/slots.ts";
import { parseHeader, plainHash } from "../../../core/proofs/header.ts";
import { encodeRlp, scalarBytes } from "../../../core/proofs/rlp.ts";
import { parseContent } from "../../../core/record/content.ts";
import { notarise, type NotarisedRecord } from "../../../core/record/digest.ts";
import { fileDisclosureName } from "../../../core/record/file.ts";
import { publicDisclosureNames } from "../../../core/record/publicity.ts";
import { publishTrust, type TrustBundle } from "../../../core/trust/bundle.ts";
import { createNodePool, type NodePool } from "../../../server/proofs/node-pool.ts";
import { createPosts } from "../district.ts";
import { buildTrie, type Entry } from "../state-trie.ts";
import { qbftHeader, validators } from "./qbft-headers.ts";

/** A certificate as an office would have it, and the bundle under which it holds. */
export interface Specimen {
  readonly certificate: Certificate;
  readonly trust: TrustBundle;
}

const agency = "11440310XX0001011N";
const ledger: Hex = `0x${"1e".repeat(20)}`;
const codeHash: Hex = `0x${"c0".repeat(32)}`;
const chainId = 20_260_101;
const anchoredAt = 1_793_600_000;
const batchSize = 500;

/** Of a public penalty in a batch of 500, in force, under four QBFT validators, on a ledger that holds `slots` further slots. */
export function createSpecimen(slots: number, keccak: Keccak): Specimen {
  const record = penalty();
  const batch = batchOf(record, keccak);
  const { stateRoot, proof } = proofOf(record, batch, slots, keccak);
  const trust = trustOf(keccak);
  const block = { number: 90, parentHash: new Uint8Array(32).fill(1), stateRoot, timestamp: anchoredAt + 60 };
  const kind = builtInKinds.byName(record.header.kind);
  const shown = kind === undefined ? [] : publicDisclosureNames(kind, false);
  const certificate: Certificate = {
    format: "hufu-certificate",
    version: 1,
    record: certifyRecord(
      record,
      new Set([...shown, ...record.header.files.map((_, index) => fileDisclosureName(index))]),
      batch,
    ),
    links: [],
    ledger: { chainId, genesisHash: trust.genesis.hash, address: ledger },
    proof: { block: { header: bytesToBase64(qbftHeader(block, keccak)), following: [], seal: null }, ...proof },
    evidence: {
      ...{ transaction: `0x${"2".repeat(64)}`, blockNumber: 40, blockHash: `0x${"3".repeat(64)}` },
      signature: { signer: `0x${"4".repeat(40)}`, deadline: anchoredAt + 120, signature: `0x${"5".repeat(130)}` },
    },
    issuedBy: "a bench's gateway",
  };
  return { certificate, trust };
}

function penalty(): NotarisedRecord {
  const kind = builtInKinds.byName("credit-penalty");
  const post = parseJson(createPosts("credit-penalty", agency)("1")) as { content: JsonObject; files: [] }; // as: what createPosts writes
  if (kind === undefined) throw new Error("a built-in kind");
  const content = parseContent(kind, post.content, { agency });
  const named = { kind, agency, recordId: "B-1", amends: null, files: post.files };
  return notarise({ ...named, content, seed: new Uint8Array(32).fill(7), hasher: nobleHasher("sha-256") });
}

function batchOf({ digest }: NotarisedRecord, keccak: Keccak): CertificateBatch {
  const others = Array.from({ length: batchSize - 1 }, (_, index) => keccak.hash(utf8(`record ${index}`)));
  const { leaves, digests } = orderBatch(agency, 1, concatBytes(hexToBytes(digest), ...others), keccak);
  const tree = buildTree(leaves, keccak);
  const at = (index: number): string => bytesToHex(digests.subarray(32 * index, 32 * index + 32));
  const place = Array.from({ length: batchSize }, (_, index) => index).find((index) => at(index) === digest) ?? 0;
  return { root: to0x(tree.root), count: batchSize, path: tree.proof(place).map(to0x) };
}

/** What the ledger holds of the record: the batch's word, and no status. */
function proofOf(record: NotarisedRecord, batch: CertificateBatch, slots: number, keccak: Keccak) {
  const leaf = to0x(leafOf(agency, 1, record.digest, keccak));
  const keys = [batchSlot(batch.root, keccak), statusSlot(leaf, keccak)].map(hexToBytes);
  const value = batchWord({ agency, kind: 1, count: batchSize, blockTime: anchoredAt });
  const own: Entry = [keys[0] ?? new Uint8Array(), encodeRlp(hexToBytes(value))];
  const storage = buildTrie([own, ...entries(slots, "slot", (slot) => encodeRlp(slot), keccak)], keys, keccak);
  const account = encodeRlp([scalarBytes(1n), scalarBytes(0n), storage.root, hexToBytes(codeHash)]);
  const address = hexToBytes(ledger);
  const others = entries(100, "account", () => account, keccak);
  const state = buildTrie([[address, account], ...others], [address], keccak);
  const pool = createNodePool();
  const places = (path: readonly Uint8Array[] | undefined): number[] => pool.places(path ?? []);
  const proven: Proof["account"] = {
    ...{ nonce: 1, balance: "0x0", storageRoot: to0x(storage.root), codeHash },
    nodes: places(state.proofs[0]),
  };
  const pair = {
    batch: slotOf(value, storage.proofs[0], pool),
    status: slotOf(`0x${"0".repeat(64)}`, storage.proofs[1], pool),
  };
  return { stateRoot: state.root, proof: { nodes: pool.nodes, account: proven, slots: [pair] } };
}

function slotOf(value: Hex, path: readonly Uint8Array[] | undefined, pool: NodePool): ProvenSlot {
  return { value, nodes: pool.places(path ?? []) };
}

function entries(count: number, name: string, valueOf: (key: Uint8Array) => Uint8Array, keccak: Keccak): Entry[] {
  return Array.from({ length: count }, (_, index): Entry => {
    const key = keccak.hash(utf8(`${name} ${index}`));
    return [key, valueOf(key)];
  });
}

function trustOf(keccak: Keccak): TrustBundle {
  const none = new Uint8Array(32);
  const genesis = qbftHeader({ number: 0, parentHash: none, stateRoot: none, timestamp: anchoredAt - 1000 }, keccak);
  const other = { address: ledger, codeHash };
  return publishTrust({
    ...({ format: "hufu-trust", version: 1, chainId, deploymentBlock: 1 } as const),
    genesis: { hash: to0x(plainHash(parseHeader(genesis), keccak)), header: bytesToBase64(genesis), config: null },
    consensus: { type: "qbft", epoch: 30_000 },
    ...{ transitions: [], checkpoints: [] },
    contracts: { accessManager: other, agencies: other, ledger: other, p256Verifier: other },
    agencies: [{ uscc: agency, name: "坪山示例市场监管局（虚构）" }],
    publishers: validators.map(({ address }, index) => ({
      ...{ name: `institution ${index + 1}`, validator: address, url: null },
      role: "validator",
    })),
    publishedAt: { blockNumber: 100, blockTime: new Date((anchoredAt + 100) * 1000).toISOString() },
  });
}
