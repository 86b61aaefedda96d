import type { Certificate } from "../../../../core/certificate/certificate.ts";
import { header, sealDevelopment } from "../../proofs/sealed-chain.ts";
import { blockOf, chainId, cliqueBlock, cliqueChain, sealer, stranger, validators, type BlockFacts } from "../chain.ts";
import { certificate } from "../sample.ts";
import { altered, resealed, unchecked, withAt, type Case, type Cases } from "./case.ts";

const three = validators.slice(0, 3);
const clique = (seal: Parameters<typeof resealed>[1]): Certificate =>
  resealed(certificate({ consensus: "clique" }), seal);
const onClique = { trust: "clique" } satisfies Partial<Case>;
const onDevelopment = { trust: "development" } satisfies Partial<Case>;

/** The same of Clique and of development chains. */
export const otherChains: Cases = {
  "clique_endorsed-too-little": () =>
    altered(
      clique((facts) => cliqueBlock(cliqueChain(facts, 2))),
      "seals",
      "ENDORSED_TOO_LITTLE",
      onClique,
    ),
  "clique_endorsed-too-little-by-an-old-bundle": () =>
    unchecked(
      resealed(certificate({ consensus: "clique", block: { number: 101 } }), (facts) =>
        cliqueBlock(cliqueChain(facts, 2)),
      ),
      "seals",
      "BUNDLE_TOO_OLD",
      onClique,
    ),
  "clique_chain-broken": () =>
    altered(
      clique((facts) => {
        const parentHash = new Uint8Array(32).fill(9);
        return cliqueBlock(
          cliqueChain(facts, 3, (index, { fields }) => (index === 1 ? { fields: { ...fields, parentHash } } : {})),
        );
      }),
      "seals",
      "CHAIN_BROKEN",
      onClique,
    ),
  "clique_signed-again-too-soon": () =>
    altered(
      clique((facts) =>
        cliqueBlock(cliqueChain(facts, 3, (index) => (index === 2 ? { signer: cliqueFirst(facts) } : {}))),
      ),
      "seals",
      "SIGNED_TOO_RECENTLY",
      onClique,
    ),
  "clique_out-of-turn": () =>
    altered(
      clique((facts) =>
        cliqueBlock(
          cliqueChain(facts, 3, (index, { fields }) => (index === 2 ? { fields: { ...fields, difficulty: 1n } } : {})),
        ),
      ),
      "seals",
      "TURN_DIFFERS",
      onClique,
    ),
  "clique_checkpoint-lists-others": () =>
    altered(
      clique((facts) =>
        cliqueBlock(
          cliqueChain(facts, 3, (index, { fields }) =>
            index === 0
              ? { isCheckpoint: true, signers: [...three, stranger], fields: { ...fields, difficulty: 2n } }
              : {},
          ),
        ),
      ),
      "seals",
      "VALIDATORS_DIFFER",
      onClique,
    ),
  "clique_signed-by-a-stranger": () =>
    unchecked(
      clique((facts) => cliqueBlock(cliqueChain(facts, 3, (index) => (index === 1 ? { signer: stranger } : {})))),
      "seals",
      "SIGNER_UNKNOWN",
      onClique,
    ),
  "clique_header-not-of-clique": () =>
    altered(
      clique((facts) => blockOf(header({ ...facts, extraData: new Uint8Array(96) }))),
      "seals",
      "HEADER_NOT_CLIQUE",
      onClique,
    ),
  "development_sealed-by-a-stranger": () =>
    altered(
      resealed(certificate({ consensus: "development" }), (facts) => {
        const block = header(facts);
        return blockOf(block, sealDevelopment(block, chainId, stranger));
      }),
      "seals",
      "SEAL_OF_STRANGER",
      onDevelopment,
    ),
  "development_sealed-on-another-chain": () =>
    altered(
      resealed(certificate({ consensus: "development" }), (facts) => {
        const block = header(facts);
        return blockOf(block, sealDevelopment(block, chainId + 1, sealer));
      }),
      "seals",
      "SEAL_OF_STRANGER",
      onDevelopment,
    ),
  "development_not-sealed": () =>
    altered(
      withAt(certificate({ consensus: "development" }), "/proof/block/seal", () => null),
      "seals",
      "SEAL_MALFORMED",
      onDevelopment,
    ),
};

function cliqueFirst({ number }: BlockFacts) {
  return validators[number % validators.length]!;
}
