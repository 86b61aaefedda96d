import { p256 } from "@noble/curves/nist.js";
import { concat, getBytes, hexlify, TypedDataEncoder, Wallet } from "ethers";
import { hexToBytes, to0x } from "../../../core/bytes.ts";
import { createKeccak } from "../../../core/ledger/keccak.ts";
import { buildTree, orderBatch, type OrderedBatch } from "../../../core/ledger/merkle.ts";
import { type Chain, deploy, gasOf, randomDigests } from "./chain.ts";
import { compile } from "./compile.ts";
import type { Notarise } from "./peers.ts";

const code = "11440310000000001A";
const agency = to0x(new TextEncoder().encode(code));
const kind = 1;
const forever = 2 ** 40 - 1;
const secret = p256.utils.randomSecretKey();

const anchorTypes = {
  Anchor: [
    { name: "agency", type: "bytes18" },
    { name: "kind", type: "uint8" },
    { name: "root", type: "bytes32" },
    { name: "count", type: "uint32" },
    { name: "deadline", type: "uint64" },
  ],
};

const statusTypes = {
  SetStatus: [
    { name: "actor", type: "bytes18" },
    { name: "items", type: "StatusItem[]" },
    { name: "deadline", type: "uint64" },
  ],
  StatusItem: [
    { name: "leaf", type: "bytes32" },
    { name: "version", type: "uint16" },
    { name: "effect", type: "uint8" },
    { name: "basis", type: "bytes32" },
  ],
};

interface Hufu {
  readonly anchor: Notarise;
  readonly anchorP256: Notarise;
  readonly setStatus: Notarise;
  readonly trees: (count: number) => Promise<TreeCost>;
}

/** Gas of the same tree, leaves and order included, without calldata and all else. */
export interface TreeCost {
  readonly assembly: number;
  readonly plain: number;
}

/**
 * Ours, with everything on: a signed batch of an enrolled agency, its rights looked up, root computed on chain, journal extended,
 * digests in the event. `setStatus` changes `count` records that were never changed, of one batch of 500, under one signature.
 */
export async function startHufu(chain: Chain): Promise<Hufu> {
  const { ethers, signer } = chain;
  const keccak = await createKeccak();
  const access = await ethers.deployContract("Access", [await signer.getAddress()], { signer });
  const agencies = await ethers.deployContract("Agencies", [await access.getAddress()], { signer });
  const ledger = await ethers.deployContract("RecordLedger", [await agencies.getAddress()], { signer });
  const key = Wallet.createRandom();
  await (await agencies.enrol(agency, "Bench", 1n << BigInt(kind))).wait();
  await (await agencies.setSigner(agency, key.address, 0, forever)).wait();
  const domain = {
    name: "Hufu RecordLedger",
    version: "1",
    chainId: (await ethers.provider.getNetwork()).chainId,
    verifyingContract: await ledger.getAddress(),
  };

  const verifier = await ethers.deployContract("P256Verifier", { signer });
  const p256Key = concat([await verifier.getAddress(), p256.getPublicKey(secret, false).slice(1)]);
  await (await agencies.setSigner(agency, p256Key, 0, forever)).wait();

  async function anchorBatch(batch: OrderedBatch, withP256 = false): Promise<number> {
    const digests = words(batch.digests);
    const message = { agency, kind, root: to0x(batch.root), count: digests.length, deadline: forever };
    const hash = TypedDataEncoder.hash(domain, anchorTypes, message);
    const signature = withP256
      ? hexlify(p256.sign(getBytes(hash), secret, { prehash: false, lowS: true }))
      : key.signingKey.sign(hash).serialized;
    return gasOf(ledger, "anchor", agency, kind, digests, forever, withP256 ? p256Key : key.address, signature);
  }

  const newBatch = (count: number): OrderedBatch =>
    orderBatch(
      code,
      kind,
      hexToBytes(
        randomDigests(count)
          .map((digest) => digest.slice(2))
          .join(""),
      ),
      keccak,
    );

  return {
    anchor: (count) => anchorBatch(newBatch(count)),
    anchorP256: (count) => anchorBatch(newBatch(count), true),
    trees: (count) => compareTrees(chain, newBatch(count)),
    async setStatus(count) {
      const batch = newBatch(500);
      await anchorBatch(batch);
      const tree = buildTree(batch.leaves, keccak);
      const [digests, leaves] = [words(batch.digests), words(batch.leaves)];
      const changes = randomDigests(count).map((basis, index) => ({
        agency,
        kind,
        digest: digests[index],
        root: to0x(batch.root),
        proof: tree.proof(index).map(to0x),
        version: 0,
        effect: 2,
        basis,
      }));
      const items = changes.map(({ version, effect, basis }, index) => ({
        leaf: leaves[index],
        version,
        effect,
        basis,
      }));
      const signature = await key.signTypedData(domain, statusTypes, { actor: agency, items, deadline: forever });
      return gasOf(ledger, "setStatus", agency, changes, forever, key.address, signature);
    },
  };
}

async function compareTrees(chain: Chain, batch: OrderedBatch): Promise<TreeCost> {
  const trees = await deploy(chain, compile("TreeCost"));
  const digests = words(batch.digests);
  const cost = async (name: string): Promise<number> => {
    const gas = await gasOf(trees, name, agency, kind, digests);
    if ((await trees.getFunction("last")()) !== to0x(batch.root)) throw new Error(`${name} has another root`);
    const { data } = await trees.getFunction(name).populateTransaction(agency, kind, digests);
    const calldata = getBytes(data).reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 0);
    return gas - 21_000 - calldata;
  };
  return {
    assembly: (await cost("inAssembly")) / digests.length,
    plain: (await cost("inPlainSolidity")) / digests.length,
  };
}

function words(bytes: Uint8Array): string[] {
  return Array.from({ length: bytes.length / 32 }, (_, n) => to0x(bytes.subarray(n * 32, n * 32 + 32)));
}
