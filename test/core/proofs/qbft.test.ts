import { expect } from "chai";
import fc from "fast-check";

import { to0x } from "../../../core/bytes.ts";
import { checkBlockHash } from "../../../core/proofs/consensus.ts";
import { parseHeader, plainHash } from "../../../core/proofs/header.ts";
import { parseQbftExtra, qbftBlockHash, qbftSealHash } from "../../../core/proofs/qbft-extra.ts";
import { checkQbftSeals, quorumOf } from "../../../core/proofs/qbft.ts";
import { encodeRlp, type RlpItem } from "../../../core/proofs/rlp.ts";
import { propertyRuns } from "../../runs.ts";
import { faultOf } from "./fault-of.ts";
import {
  addressesOf,
  fastTools,
  genesisOf,
  qbftValidators,
  sealQbft,
  sign,
  signatory,
  tools,
  twinOf,
} from "./sealed-chain.ts";

const qbft = { type: "qbft", epoch: 30000 } as const;
const four = qbftValidators(4);
const rules = { ...tools, validators: addressesOf(four) };

describe("a QBFT header", () => {
  it("gives back what its extraData was made of", () => {
    const subject = signatory("newcomer").address;
    for (const direction of ["add", "drop"] as const) {
      const { extraData } = sealQbft({ validators: four, vote: { subject, direction }, round: 300 });
      const extra = parseQbftExtra(extraData);
      expect(extra).to.deep.include({ validators: addressesOf(four), vote: { subject, direction }, round: 300 });
      expect(extra.seals).to.have.length(4);
    }
    expect(parseQbftExtra(sealQbft({ validators: four }).extraData)).to.include({ vote: null, round: 0 });
  });

  it("is sealed by two thirds of its validators, rounded up, and by no fewer", () => {
    const quorums = [1, 2, 2, 3, 4, 4, 5, 6, 6, 7];
    for (const [index, quorum] of quorums.entries()) {
      const validators = qbftValidators(index + 1);
      expect(quorumOf(validators.length)).to.equal(quorum);
      const of = { ...tools, validators: addressesOf(validators) };
      const sealed = sealQbft({ validators, signers: validators.slice(0, quorum) });
      expect(checkQbftSeals(sealed, of).signers).to.have.members(addressesOf(validators.slice(0, quorum)));
      const tooFew = sealQbft({ validators, signers: validators.slice(0, quorum - 1) });
      expect(faultOf(() => checkQbftSeals(tooFew, of))).to.equal("SEALS_TOO_FEW");
    }
  });

  it("has the same hash whoever sealed it, in whatever round; its genesis block is hashed as it is", () => {
    const once = sealQbft({ validators: four, round: 0, signers: four.slice(1) });
    const again = sealQbft({ validators: four, round: 3, signers: four.slice(0, 3) });
    expect(to0x(plainHash(once, tools.keccak))).not.to.equal(to0x(plainHash(again, tools.keccak)));
    const hash = qbftBlockHash(once, tools.keccak);
    expect(to0x(qbftBlockHash(again, tools.keccak))).to.equal(to0x(hash));
    for (const each of [once, again]) checkBlockHash(each, hash, qbft, tools.keccak);
    expect(to0x(qbftSealHash(again, tools.keccak))).not.to.equal(to0x(hash));
    const genesis = genesisOf("qbft", four);
    expect(to0x(qbftBlockHash(genesis, tools.keccak))).to.equal(to0x(plainHash(genesis, tools.keccak)));
  });

  it("counts nobody twice for the twin of a seal", () => {
    const seal = sign(qbftSealHash(sealQbft({ validators: four, signers: [] }), tools.keccak), four[0]!);
    const twice = sealQbft({ validators: four, signers: four.slice(0, 2), moreSeals: [twinOf(seal)] });
    expect(faultOf(() => checkQbftSeals(twice, rules))).to.equal("SEAL_TWICE");
    const once = sealQbft({ validators: four, signers: four.slice(1, 3), moreSeals: [twinOf(seal)] });
    expect(checkQbftSeals(once, rules).signers).to.have.length(3);
  });

  it("is never accepted under an empty set, of which two thirds are nobody", () => {
    const empty = sealQbft({ validators: [], fields: { coinbase: four[0]!.address } });
    expect(faultOf(() => checkQbftSeals(empty, { ...tools, validators: [] }))).to.equal("PROPOSER_UNKNOWN");
  });

  it("is refused with any one of its bytes changed", () => {
    const of = { ...fastTools, validators: addressesOf(four) };
    const signers = four.slice(0, 3);
    const vote = { subject: signatory("newcomer").address, direction: "add" } as const;
    const headers = [
      sealQbft({ validators: four, signers }),
      sealQbft({ validators: four, round: 1, vote }),
      sealQbft({ validators: four, signers, fields: { later: [] } }),
    ];
    for (const { raw } of headers) checkQbftSeals(parseHeader(raw), of);
    const changes = fc.tuple(fc.constantFrom(...headers), fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(changes, ([{ raw }, place, change]) => {
        const at = place % raw.length;
        const forged = raw.with(at, raw[at]! ^ change);
        expect(
          faultOf(() => checkQbftSeals(parseHeader(forged), of)),
          `byte ${at}`,
        ).not.to.equal("ACCEPTED");
      }),
      { numRuns: propertyRuns },
    );
  }).timeout(120_000);

  it("has extraData of one form", () => {
    const [none, empty, vanity] = [new Uint8Array(), [], new Uint8Array(32)];
    const wrong: Record<string, RlpItem> = {
      "no list": none,
      "four items": [vanity, empty, empty, none],
      "six items": [vanity, empty, empty, none, empty, empty],
      "a short vanity": [new Uint8Array(31), empty, empty, none, empty],
      "a vanity that is a list": [empty, empty, empty, none, empty],
      "validators that are no list": [vanity, none, empty, none, empty],
      "an address of one byte": [vanity, [Uint8Array.of(1)], empty, none, empty],
      "a vote that is no list": [vanity, empty, none, none, empty],
      "a vote of one item": [vanity, empty, [new Uint8Array(20)], none, empty],
      "a vote of three items": [vanity, empty, [new Uint8Array(20), none, none], none, empty],
      "a vote that neither adds nor drops": [vanity, empty, [new Uint8Array(20), Uint8Array.of(1)], none, empty],
      "a vote whose direction is a list": [vanity, empty, [new Uint8Array(20), empty], none, empty],
      "a round with a leading zero": [vanity, empty, empty, Uint8Array.of(0), empty],
      "a round of five bytes": [vanity, empty, empty, new Uint8Array(5).fill(1), empty],
      "a round that is a list": [vanity, empty, empty, empty, empty],
      "seals that are no list": [vanity, empty, empty, none, none],
      "a seal that is a list": [vanity, empty, empty, none, [empty]],
    };
    parseQbftExtra(encodeRlp([vanity, empty, empty, none, empty]));
    for (const [name, item] of Object.entries(wrong)) {
      expect(
        faultOf(() => parseQbftExtra(encodeRlp(item))),
        name,
      ).to.equal("EXTRA_MALFORMED");
    }
  });
});
