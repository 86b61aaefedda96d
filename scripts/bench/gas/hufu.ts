import { Wallet } from "ethers";
import { hexToBytes, to0x } from "../../../core/bytes.ts";
import { createKeccak } from "../../../core/ledger/keccak.ts";
import { buildTree, orderBatch, type OrderedBatch } from "../../../core/ledger/merkle.ts";
import { type Chain, gasOf, randomDigests } from "./chain.ts";
import type { Notarise } from "./peers.ts";

const code = "11440310000000001A";
const agency = to0x(new TextEncoder().encode(code));
const kind = 1;
const forever = 2 ** 40 - 1;

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

/**
 * Ours, with everything on: a signed batch of an enrolled agency, its rights looked up, root computed on chain, journal extended,
 * digests in the event. `setStatus` changes `count` records that were never changed, of one batch of 500, under one signature.
 */
export async function startHufu(chain: Chain): Promise<{ anchor: Notarise; setStatus: Notarise }> {
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

  async function anchorBatch(batch: OrderedBatch): Promise<number> {
    const digests = words(batch.digests);
    const message = { agency, kind, root: to0x(batch.root), count: digests.length, deadline: forever };
    const signature = await key.signTypedData(domain, anchorTypes, message);
    return gasOf(ledger, "anchor", agency, kind, digests, forever, key.address, signature);
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

function words(bytes: Uint8Array): string[] {
  return Array.from({ length: bytes.length / 32 }, (_, n) => to0x(bytes.subarray(n * 32, n * 32 + 32)));
}
