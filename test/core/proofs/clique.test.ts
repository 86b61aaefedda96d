import { expect } from "chai";

import { concatBytes, to0x } from "../../../core/bytes.ts";
import {
  checkCliqueEndorsement,
  cliqueSealHash,
  cliqueSigner,
  cliqueVote,
  listedSigners,
} from "../../../core/proofs/clique.ts";
import { plainHash, type BlockHeader } from "../../../core/proofs/header.ts";
import { majorityOf } from "../../../core/proofs/vote.ts";
import { faultOf } from "./fault-of.ts";
import {
  addressesOf,
  header,
  nobody,
  qbftValidators,
  sealClique,
  signatory,
  sign,
  tools,
  twinOf,
} from "./sealed-chain.ts";

const four = qbftValidators(4);

/** A chain of blocks from `from` on, signed in turn. */
function chainOf(signers: typeof four, from: number, length: number): BlockHeader[] {
  const headers: BlockHeader[] = [];
  for (let number = from; number < from + length; number++) {
    const parent = headers.at(-1);
    const parentHash = parent ? plainHash(parent, tools.keccak) : new Uint8Array(32);
    headers.push(sealClique({ fields: { number, parentHash }, signer: signers[number % signers.length]!, signers }));
  }
  return headers;
}

describe("a Clique header", () => {
  it("names its signer, and its vote apart from it", () => {
    const subject = signatory("newcomer").address;
    for (const direction of ["add", "drop"] as const) {
      const sealed = sealClique({ signer: four[2]!, signers: four, vote: { subject, direction } });
      expect(cliqueSigner(sealed, tools)).to.equal(four[2]!.address);
      expect(cliqueVote(sealed)).to.deep.equal({ subject, direction });
    }
    expect(cliqueVote(sealClique({ signer: four[2]!, signers: four }))).to.equal(null);
    expect(cliqueVote(header({ coinbase: nobody, nonce: new Uint8Array(8).fill(0xff) }))?.subject).to.equal(nobody);
  });

  it("lists the signers at a checkpoint alone", () => {
    const checkpoint = sealClique({ signer: four[0]!, signers: four, isCheckpoint: true });
    expect(listedSigners(checkpoint)).to.deep.equal(addressesOf(four));
    expect(cliqueSigner(checkpoint, tools)).to.equal(four[0]!.address);
    expect(listedSigners(sealClique({ signer: four[0]!, signers: four }))).to.deep.equal([]);
  });

  it("is endorsed by a majority of signers on top of it, and by no fewer", () => {
    for (const count of [1, 2, 3, 4, 5, 6, 7]) {
      const signers = qbftValidators(count);
      const majority = Math.floor(count / 2) + 1;
      expect(majorityOf(count)).to.equal(majority);
      const [first, ...following] = chainOf(signers, 17, majority);
      const endorsement = { ...tools, header: first!, following, signers: addressesOf(signers) };
      const endorsed = checkCliqueEndorsement(endorsement);
      expect(endorsed.signers).to.have.length(majority);
      expect(endorsed.signers[0]).to.equal(signers[17 % count]!.address);
      if (majority === 1) continue;
      const shorter = { ...endorsement, following: following.slice(0, -1) };
      expect(faultOf(() => checkCliqueEndorsement(shorter))).to.equal("ENDORSED_TOO_LITTLE");
    }
  });

  it("may be endorsed by more headers than it takes, across a checkpoint", () => {
    const [first, ...rest] = chainOf(four, 5, 2);
    const parentHash = plainHash(rest[0]!, tools.keccak);
    const checkpoint = sealClique({
      fields: { number: 7, parentHash },
      signer: four[3]!,
      signers: four,
      isCheckpoint: true,
    });
    const signers = addressesOf(four);
    const endorsed = checkCliqueEndorsement({ ...tools, header: first!, following: [...rest, checkpoint], signers });
    expect(endorsed.signers).to.have.length(3);
    const others = { ...tools, header: checkpoint, following: [], signers: addressesOf(qbftValidators(5)) };
    expect(faultOf(() => checkCliqueEndorsement(others))).not.to.equal("ACCEPTED");
  });

  it("may be followed by its own signer as soon as half of the others have signed", () => {
    const [header, ...following] = chainOf(four, 4, 3);
    const parentHash = plainHash(following[1]!, tools.keccak);
    const again = sealClique({ fields: { number: 7, parentHash }, signer: four[0]!, signers: four });
    const endorsement = { ...tools, header: header!, following: [...following, again], signers: addressesOf(four) };
    expect(checkCliqueEndorsement(endorsement).signers).to.deep.equal(addressesOf(four.slice(0, 3)));
  });

  it("seals the same content with the twin of its seal, under another hash", () => {
    const sealed = sealClique({ signer: four[1]!, signers: four });
    const seal = sign(cliqueSealHash(sealed, tools.keccak), four[1]!);
    const twin = header({ ...sealed, extraData: concatBytes(new Uint8Array(32), twinOf(seal)) });
    expect(cliqueSigner(twin, tools)).to.equal(four[1]!.address);
    expect(to0x(cliqueSealHash(twin, tools.keccak))).to.equal(to0x(cliqueSealHash(sealed, tools.keccak)));
    expect(to0x(plainHash(twin, tools.keccak))).not.to.equal(to0x(plainHash(sealed, tools.keccak)));
  });
});
