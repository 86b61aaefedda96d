import { expect } from "chai";
import { concat, keccak256, toBeHex, toUtf8Bytes, zeroPadValue } from "ethers";

import { to0x } from "../../../core/bytes.ts";
import {
  blockHashOf,
  checkBlockHash,
  checkSeals,
  type Consensus,
  type SealRules,
} from "../../../core/proofs/consensus.ts";
import { conflictOf } from "../../../core/proofs/conflict.ts";
import { developmentSealHash } from "../../../core/proofs/development.ts";
import { plainHash, type BlockHeader } from "../../../core/proofs/header.ts";
import { qbftBlockHash } from "../../../core/proofs/qbft-extra.ts";
import { faultOf } from "./fault-of.ts";
import {
  addressesOf,
  header,
  qbftValidators,
  sealClique,
  sealDevelopment,
  sealQbft,
  signatory,
  tools,
} from "./sealed-chain.ts";

const three = qbftValidators(3);
const gateway = signatory("gateway");
const chainId = 20260728;
const consensuses = {
  qbft: { type: "qbft", epoch: 30000 },
  clique: { type: "clique", epoch: 30000, period: 1 },
  development: { type: "development", sealer: gateway.address },
} as const satisfies Record<Consensus["type"], Consensus>;

function rulesOf(type: Consensus["type"]): SealRules {
  const validators = type === "development" ? [gateway.address] : addressesOf(three);
  return { ...tools, consensus: consensuses[type], chainId, validators };
}

/** A sealed header of each kind at height 4, of the state root that is all `byte`. */
function sealedOf(type: Consensus["type"], byte: number): Parameters<typeof checkSeals>[0] {
  const fields = { number: 4, stateRoot: new Uint8Array(32).fill(byte) };
  if (type === "qbft") {
    return {
      header: sealQbft({ fields, validators: three, signers: three.slice(byte % 2) }),
      following: [],
      seal: null,
    };
  }
  if (type === "development") {
    const sealed = header(fields);
    return { header: sealed, following: [], seal: sealDevelopment(sealed, chainId, gateway) };
  }
  const first = sealClique({ fields, signer: three[1]!, signers: three });
  const parentHash = plainHash(first, tools.keccak);
  const next = sealClique({ fields: { number: 5, parentHash }, signer: three[2 * (byte % 2)]!, signers: three });
  return { header: first, following: [next], seal: null };
}

describe("the seals of each kind of chain", () => {
  for (const type of ["qbft", "clique", "development"] as const) {
    it(`${type}: say who sealed, out of how many, and the block's hash`, () => {
      const sealed = sealedOf(type, 1);
      const { hash, signers, of } = checkSeals(sealed, rulesOf(type));
      expect(of).to.equal(type === "development" ? 1 : 3);
      expect(signers).to.have.length(type === "development" ? 1 : 2);
      const expected =
        type === "qbft" ? qbftBlockHash(sealed.header, tools.keccak) : plainHash(sealed.header, tools.keccak);
      expect(to0x(hash)).to.equal(to0x(expected));
      expect(to0x(blockHashOf(sealed.header, consensuses[type], tools.keccak))).to.equal(to0x(expected));
      checkBlockHash(sealed.header, hash, consensuses[type], tools.keccak);
    });

    it(`${type}: two blocks at one height are a conflict, and one block is none`, () => {
      const [a, b] = [sealedOf(type, 1), sealedOf(type, 2)];
      const conflict = conflictOf(a, b, rulesOf(type));
      const hashes = [a, b].map((each) => to0x(blockHashOf(each.header, consensuses[type], tools.keccak)));
      expect(conflict).to.deep.include({ height: 4, hashes });
      const both = [a, b].map((each) => checkSeals(each, rulesOf(type)).signers);
      expect(conflict?.signers).to.deep.equal(both[0]!.filter((signer) => both[1]!.includes(signer)));
      expect(conflict?.signers).not.to.have.length(0);
      expect(conflictOf(a, a, rulesOf(type))).to.equal(null);
    });

    for (const other of ["qbft", "clique", "development"] as const) {
      if (other === type) continue;
      it(`${type}: the seals of a chain with ${other} are refused`, () => {
        expect(faultOf(() => checkSeals(sealedOf(other, 1), rulesOf(type)))).not.to.equal("ACCEPTED");
      });
    }
  }

  it("qbft: the same block sealed in two rounds by others is no conflict", () => {
    const seal = (round: number, from: number): { header: BlockHeader; following: []; seal: null } => ({
      header: sealQbft({ validators: three, signers: three.slice(from, from + 2), round }),
      ...{ following: [] as [], seal: null },
    });
    expect(conflictOf(seal(0, 0), seal(1, 1), rulesOf("qbft"))).to.equal(null);
  });

  it("are evidence of nothing where one of the two headers is not sealed, or of another height", () => {
    const sealed = sealedOf("qbft", 1);
    const unsealed = { ...sealed, header: sealQbft({ fields: { number: 4 }, validators: three, signers: [] }) };
    expect(faultOf(() => conflictOf(sealed, unsealed, rulesOf("qbft")))).to.equal("SEALS_TOO_FEW");
    expect(faultOf(() => conflictOf(unsealed, sealed, rulesOf("qbft")))).to.equal("SEALS_TOO_FEW");
    const later = { ...sealed, header: sealQbft({ fields: { number: 5 }, validators: three }) };
    expect(conflictOf(sealed, later, rulesOf("qbft"))).to.equal(null);
  });

  it("development: the seal binds the chain and the block", () => {
    const { header: sealed, seal } = sealedOf("development", 1);
    const blockHash = plainHash(sealed, tools.keccak);
    const prefix = toUtf8Bytes("hufu.development-seal.v1");
    const expected = keccak256(concat([prefix, zeroPadValue(toBeHex(chainId), 32), blockHash]));
    expect(to0x(developmentSealHash(chainId, blockHash, tools.keccak))).to.equal(expected);
    const other = { ...rulesOf("development"), chainId: chainId + 1 };
    expect(faultOf(() => checkSeals({ header: sealed, following: [], seal }, other))).to.equal("SEAL_OF_STRANGER");
    const none = { header: sealed, following: [], seal: null };
    expect(faultOf(() => checkSeals(none, rulesOf("development")))).to.equal("SEAL_MALFORMED");
  });
});
