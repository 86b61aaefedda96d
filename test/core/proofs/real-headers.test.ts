import { expect } from "chai";

import { concatBytes, hexToBytes, to0x, type Hex } from "../../../core/bytes.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { verifyAccount, verifySlot } from "../../../core/proofs/account.ts";
import { checkCliqueEndorsement, cliqueSigner, listedSigners } from "../../../core/proofs/clique.ts";
import { conflictOf } from "../../../core/proofs/conflict.ts";
import type { SealedHeader } from "../../../core/proofs/consensus.ts";
import { encodeHeader, parseHeader, plainHash, type BlockHeader } from "../../../core/proofs/header.ts";
import { parseQbftExtra, qbftBlockHash } from "../../../core/proofs/qbft-extra.ts";
import { checkQbftSeals } from "../../../core/proofs/qbft.ts";
import { decodeRlp, encodeRlp, type RlpItem } from "../../../core/proofs/rlp.ts";
import { faultOf } from "./fault-of.ts";
import { fastTools, tools } from "./sealed-chain.ts";
import { withVector } from "./vectors.ts";

interface BesuVector {
  readonly routerAddress: Hex;
  readonly initialTrustedValidators: readonly string[];
  readonly updateHeight11: { readonly headerRlp: Hex; readonly accountProof: Hex; readonly expectedStorageRoot: Hex };
  readonly updateHeight12: BesuVector["updateHeight11"];
  readonly lowQuorumHeight12: { readonly headerRlp: Hex };
  readonly conflictingHeight12: { readonly headerRlp: Hex };
  readonly lowOverlapHeight13: { readonly headerRlp: Hex };
  readonly membership: { readonly proof: Hex; readonly path: Hex; readonly value: Hex };
  readonly nonMembership: { readonly proof: Hex; readonly path: Hex };
}

/** Where the contract behind these headers keeps its mapping of commitments. */
const commitments = hexToBytes("1260944489272988d9df285149b5aa1b0f48f2136d6f416159f840a3e0747600");

const headerOf = ({ headerRlp }: { headerRlp: Hex }): BlockHeader => parseHeader(hexToBytes(headerRlp));
const listOf = (item: RlpItem): readonly RlpItem[] => (item instanceof Uint8Array ? [] : item);
const nodesOf = (proof: Hex): Uint8Array[] => listOf(decodeRlp(hexToBytes(proof))).map(encodeRlp);
const slotOf = (path: Hex): Uint8Array => keccak.hash(concatBytes(keccak.hash(hexToBytes(path)), commitments));

withVector("besu-26.4.0-qbft.json", (content) => {
  // as: the file's form is the one above, or the tests fail
  const vector = JSON.parse(content.toString()) as BesuVector;
  const validators = vector.initialTrustedValidators.map((address) => address.toLowerCase() as Hex);
  const rules = { ...tools, validators };
  const parent = headerOf(vector.updateHeight11);
  const child = headerOf(vector.updateHeight12);

  describe("headers of Besu 26.4.0 with QBFT", () => {
    it("are sealed by a quorum of the validators that they list", () => {
      for (const header of [parent, child]) {
        expect(checkQbftSeals(header, rules).signers).to.have.length(3);
        expect(checkQbftSeals(header, { ...fastTools, validators }).signers).to.have.length(3);
        expect(parseQbftExtra(header.extraData)).to.deep.include({ validators, round: 0, vote: null });
      }
      expect(parent).to.include({ number: 34, timestamp: 1787357307 });
      expect(to0x(child.parentHash)).to.equal(to0x(qbftBlockHash(parent, keccak)));
    });

    it("are refused with two seals of four, under other validators, and with one of its bytes changed", () => {
      expect(faultOf(() => checkQbftSeals(headerOf(vector.lowQuorumHeight12), rules))).to.equal("SEALS_TOO_FEW");
      expect(faultOf(() => checkQbftSeals(headerOf(vector.lowOverlapHeight13), rules))).to.equal("VALIDATORS_DIFFER");
      const fast = { ...fastTools, validators };
      for (let at = 0; at < child.raw.length; at += 4) {
        const forged = child.raw.with(at, child.raw[at]! ^ 0x01);
        expect(
          faultOf(() => checkQbftSeals(parseHeader(forged), fast)),
          `byte ${at}`,
        ).not.to.equal("ACCEPTED");
      }
    });

    it("show a conflict where two are sealed at one height", () => {
      const sealed = (header: BlockHeader): SealedHeader => ({ header, following: [], seal: null });
      const sealRules = { ...rules, consensus: { type: "qbft", epoch: 30000 }, chainId: 1 } as const;
      const other = headerOf(vector.conflictingHeight12);
      const conflict = conflictOf(sealed(child), sealed(other), sealRules);
      expect(conflict).to.deep.include({
        height: 35,
        hashes: [child, other].map((header) => to0x(qbftBlockHash(header, keccak))),
      });
      expect(conflict?.signers).to.have.length.at.least(2);
      expect(conflictOf(sealed(child), sealed(child), sealRules)).to.equal(null);
      expect(conflictOf(sealed(parent), sealed(child), sealRules)).to.equal(null);
    });

    it("carry the account and the slots that Besu proves under them", () => {
      for (const { accountProof, expectedStorageRoot, headerRlp } of [vector.updateHeight11, vector.updateHeight12]) {
        const account = {
          ...{ nonce: 1n, balance: 0n, storageRoot: hexToBytes(expectedStorageRoot) },
          codeHash: hexToBytes("7f79b8b370510aa3a9ea8536a9459c92de9493272cd5fe45c02364cfe254a9a7"),
        };
        const { stateRoot } = headerOf({ headerRlp });
        const address = hexToBytes(vector.routerAddress);
        verifyAccount({ stateRoot, address, account, nodes: nodesOf(accountProof), keccak });
      }
      const storageRoot = hexToBytes(vector.updateHeight12.expectedStorageRoot);
      const { membership, nonMembership } = vector;
      const value = hexToBytes(membership.value);
      const held = { storageRoot, slot: slotOf(membership.path), value, nodes: nodesOf(membership.proof), keccak };
      const empty = { ...held, slot: slotOf(nonMembership.path), nodes: nodesOf(nonMembership.proof) };
      verifySlot(held);
      verifySlot({ ...empty, value: new Uint8Array(32) });
      expect(faultOf(() => verifySlot(empty))).to.be.oneOf(["SLOT_ABSENT", "PROOF_OF_ANOTHER_KEY"]);
      expect(faultOf(() => verifySlot({ ...held, nodes: empty.nodes }))).not.to.equal("ACCEPTED");
    });
  });
});

withVector("clique.blocks", (content) => {
  describe("headers of geth with Clique", () => {
    const [genesis, ...headers] = blocksOf(content).map((block) => {
      const items = listOf(listOf(block)[0]!).map((item) => (item instanceof Uint8Array ? item : new Uint8Array()));
      return parseHeader(encodeHeader(items));
    });

    it("are signed by the signer whom the genesis block lists, each the child of the one before", () => {
      const signers = listedSigners(genesis!);
      expect(headers.map(({ number }) => number)).to.deep.equal([1, 2, 3, 4]);
      expect(new Set(headers.map((header) => cliqueSigner(header, tools)))).to.deep.equal(new Set(signers));
      expect(to0x(headers[0]!.parentHash)).to.equal(to0x(plainHash(genesis!, keccak)));
      const [header, ...following] = headers;
      expect(checkCliqueEndorsement({ ...tools, header: header!, following, signers })).to.deep.equal({ signers });
    });
  });
});

/** The items of a file that holds one after another. */
function blocksOf(content: Uint8Array): RlpItem[] {
  if (content.length === 0) return [];
  // A block is a list of more than 55 bytes: its first byte says how many bytes its length has.
  const digits = content[0]! - 0xf7;
  const length = content.subarray(1, 1 + digits).reduce((value, byte) => value * 256 + byte, 0);
  const end = 1 + digits + length;
  return [decodeRlp(content.subarray(0, end)), ...blocksOf(content.subarray(end))];
}
