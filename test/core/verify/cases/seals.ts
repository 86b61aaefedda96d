import { bytesToBase64 } from "../../../../core/base64.ts";
import type { Certificate } from "../../../../core/certificate/certificate.ts";
import { parseQbftExtra } from "../../../../core/proofs/qbft-extra.ts";
import { header, sealQbft, twinOf, type QbftSealing } from "../../proofs/sealed-chain.ts";
import { blockOf, sealedBlock, stranger, validators, type BlockFacts } from "../chain.ts";
import { certificate } from "../sample.ts";
import { altered, resealed, unchecked, withAt, type Cases } from "./case.ts";

const three = validators.slice(0, 3);

/** Otherwise honest, under other seals. */
export function sealed(
  how: Partial<QbftSealing>,
  own: (facts: BlockFacts) => Partial<BlockFacts> = () => ({}),
): Certificate {
  return resealed(certificate(), (facts) =>
    blockOf(sealQbft({ validators, signers: three, ...how, fields: { ...facts, ...own(facts) } })),
  );
}

/** Two of the seals, and that of the first with its s turned over. */
function withTwin(): Certificate {
  return resealed(certificate(), (fields) => {
    const [first] = parseQbftExtra(sealQbft({ fields, validators }).extraData).seals;
    return blockOf(sealQbft({ fields, validators, signers: three.slice(0, 2), moreSeals: [twinOf(first!)] }));
  });
}

/** What is wrong with the seals, or with who made them. */
export const seals: Cases = {
  "seal-too-few": () => altered(sealed({ signers: three.slice(1) }), "seals", "SEALS_TOO_FEW"),
  "seal-twice": () => altered(sealed({ signers: [...three.slice(1), three[1]!] }), "seals", "SEAL_TWICE"),
  "seal-twice-turned-over": () => altered(withTwin(), "seals", "SEAL_TWICE"),
  "seal-of-a-stranger": () => altered(sealed({ signers: [...three.slice(1), stranger] }), "seals", "SEAL_OF_STRANGER"),
  "seal-of-a-stranger-beside-all": () =>
    altered(sealed({ signers: [...validators, stranger] }), "seals", "SEAL_OF_STRANGER"),
  "seals-of-another-block": () => {
    const other = parseQbftExtra(sealQbft({ validators, fields: { number: 90 } }).extraData).seals;
    return altered(sealed({ signers: [], moreSeals: other }), "seals", "SEAL_OF_STRANGER");
  },
  "seal-malformed": () => altered(sealed({ moreSeals: [new Uint8Array(64).fill(1)] }), "seals", "SEAL_MALFORMED"),
  "seals-of-another-round": () => altered(sealed({ round: 1, signedRound: 0 }), "seals", "WRONG_ROUND"),
  "proposer-is-no-validator": () =>
    altered(
      sealed({}, () => ({ coinbase: stranger.address })),
      "seals",
      "PROPOSER_UNKNOWN",
    ),
  "header-not-of-qbft": () =>
    altered(
      sealed({}, () => ({ difficulty: 2n })),
      "seals",
      "HEADER_NOT_QBFT",
    ),
  "extra-data-not-of-qbft": () =>
    altered(
      resealed(certificate(), (facts) => {
        const { mixHash, coinbase } = sealQbft({ fields: facts, validators });
        return blockOf(header({ ...facts, mixHash, coinbase, extraData: Uint8Array.of(0xc0) }));
      }),
      "seals",
      "EXTRA_MALFORMED",
    ),
  "sealed-by-former-validators": () =>
    unchecked(certificate({ block: { number: 20 } }), "seals", "FORMER_VALIDATORS", { trust: "after-a-change" }),
  "sealed-by-retired-keys": () => unchecked(certificate(), "seals", "FORMER_VALIDATORS", { trust: "after-a-change" }),
  "sealed-by-validators-that-the-bundle-does-not-know": () =>
    unchecked(certificate({ consensus: "after-a-change" }), "seals", "BUNDLE_TOO_OLD"),
  "sealed-before-its-validators-were-ones": () =>
    unchecked(certificate({ consensus: "after-a-change", block: { number: 20 } }), "seals", "FORMER_VALIDATORS", {
      trust: "after-a-change",
    }),
  "sealed-by-a-set-that-may-have-come-back": () =>
    unchecked(certificate({ block: { number: 101 } }), "seals", "BUNDLE_TOO_OLD", { trust: "after-a-change" }),
  "sealed-by-validators-of-its-own": () =>
    unchecked(sealed({ validators: [stranger], signers: [stranger] }), "seals", "BUNDLE_TOO_OLD"),
  "no-trust-bundle": () => unchecked(certificate(), "seals", "NO_TRUST_BUNDLE", { trust: null }),
  "another-ledger": () => ({
    certificate: certificate({ consensus: "clique" }),
    verdict: "unknown",
    check: ["trust", "INVALID", "OTHER_LEDGER"],
  }),
  "another-ledger-of-the-same-chain": () => ({
    certificate: certificate({ state: { address: `0x${"2e".repeat(20)}` } }),
    verdict: "unknown",
    check: ["trust", "INVALID", "OTHER_LEDGER"],
  }),
  "another-block-at-a-checkpoint": () =>
    altered(
      sealed({}, () => ({ parentHash: new Uint8Array(32).fill(9) })),
      "trust",
      "CHECKPOINT_DIFFERS",
      {
        trust: "with-a-checkpoint",
      },
    ),
  "sealed-in-another-manner": () =>
    altered(
      withAt(certificate(), "/proof/block/seal", () => bytesToBase64(new Uint8Array(65))),
      "seals",
      "SEAL_MALFORMED",
    ),
  "followed-in-another-manner": () =>
    altered(
      resealed(certificate(), (facts) => ({
        ...sealedBlock("clique", facts),
        header: sealedBlock("qbft", facts).header,
      })),
      "seals",
      "SEAL_MALFORMED",
    ),
};
