import { concatBytes } from "../../../core/bytes.ts";
import { checkCliqueEndorsement, cliqueSigner, cliqueVote } from "../../../core/proofs/clique.ts";
import { checkBlockHash, checkSeals } from "../../../core/proofs/consensus.ts";
import { checkDevelopmentSeal } from "../../../core/proofs/development.ts";
import { encodeHeader, parseHeader, plainHash, type BlockHeader } from "../../../core/proofs/header.ts";
import { parseQbftExtra, qbftBlockHash, qbftSealHash } from "../../../core/proofs/qbft-extra.ts";
import { checkQbftSeals } from "../../../core/proofs/qbft.ts";
import { encodeRlp } from "../../../core/proofs/rlp.ts";
import * as chain from "./sealed-chain.ts";

const { tools, sealQbft, sealClique, sign } = chain;
const validators = chain.qbftValidators(4);
const addresses = chain.addressesOf(validators);
const [anna, , , dora] = validators as [chain.Signatory, chain.Signatory, chain.Signatory, chain.Signatory];
const mallory = chain.signatory("mallory");
const qbft = { type: "qbft", epoch: 30000 } as const;

const check = (header: BlockHeader, given = addresses): unknown =>
  checkQbftSeals(header, { ...tools, validators: given });
const sealed = sealQbft({ validators, round: 2 });
const noHeader = chain.header({});
const sealOf = (header: BlockHeader): Uint8Array => parseQbftExtra(header.extraData).seals[0]!;

/** A Clique header by `index` on top of `parent`, unless `fields` says otherwise. */
function block(index: number, parent?: BlockHeader, fields: Partial<chain.Fields> = {}): BlockHeader {
  const number = parent ? parent.number + 1 : 4;
  const parentHash = parent ? plainHash(parent, tools.keccak) : new Uint8Array(32);
  return sealClique({ fields: { number, parentHash, ...fields }, signer: validators[index]!, signers: validators });
}
const endorse = (...[header, ...following]: BlockHeader[]): unknown =>
  checkCliqueEndorsement({ ...tools, header: header!, following, signers: addresses });
const first = block(0);
const second = block(1, first);
const third = block(2, second);
endorse(first, second, third);
const developed = { ...tools, header: noHeader, chainId: 5, sealer: anna.address };
const development = { type: "development", sealer: anna.address } as const;
const extraOf = (bytes: number): BlockHeader => chain.header({ extraData: new Uint8Array(bytes) });

/** Headers and seals that are refused, by their code. */
export const sealForgeries = {
  HEADER_MALFORMED: {
    "a string": () => parseHeader(encodeRlp(new Uint8Array(600))),
    "a list in the place of a field": () => parseHeader(encodeRlp(noHeader.items.with(12, [] as never))),
    "fourteen fields": () => parseHeader(encodeHeader(noHeader.items.slice(0, 14))),
    "a state root of 31 bytes": () => parseHeader(encodeHeader(noHeader.items.with(3, new Uint8Array(31)))),
    "a number with a leading zero": () => parseHeader(encodeHeader(noHeader.items.with(8, Uint8Array.of(0, 1)))),
  },
  HEADER_NOT_QBFT: {
    "another difficulty": () => check(sealQbft({ validators, fields: { difficulty: 2n } })),
    "another mixHash": () => check(sealQbft({ validators, fields: { mixHash: new Uint8Array(32) } })),
    "a Clique header": () => check(first),
  },
  HEADER_NOT_CLIQUE: {
    "extraData without a seal": () => cliqueSigner(extraOf(32), tools),
    "extraData with half an address": () => cliqueSigner(extraOf(32 + 10 + 65), tools),
    "a nonce that is no vote": () => cliqueVote(chain.header({ nonce: new Uint8Array(8).fill(1) })),
    "a third difficulty": () => endorse(block(0, undefined, { difficulty: 3n }), second, third),
  },
  EXTRA_MALFORMED: {
    "no extraData of QBFT": () => check(chain.header({ extraData: encodeRlp([]), mixHash: chain.istanbulMixHash })),
  },
  BLOCK_HASH_DIFFERS: {
    "another block's hash": () => checkBlockHash(sealed, new Uint8Array(32).fill(1), qbft, tools.keccak),
    "the hash of the header as it stands": () =>
      checkBlockHash(sealed, plainHash(sealed, tools.keccak), qbft, tools.keccak),
    "a QBFT hash on another chain": () =>
      checkBlockHash(sealed, qbftBlockHash(sealed, tools.keccak), development, tools.keccak),
  },
  BLOCK_HASH_KEEPS_ROUND: {
    "the hash that was sealed": () => checkBlockHash(sealed, qbftSealHash(sealed, tools.keccak), qbft, tools.keccak),
  },
  SEAL_MALFORMED: {
    "a seal of 64 bytes": () => check(sealQbft({ validators, moreSeals: [new Uint8Array(64)] })),
    "a seal of zeros": () => check(sealQbft({ validators, moreSeals: [new Uint8Array(65)] })),
    "v 27": () => {
      const seal = sealOf(sealed);
      check(
        sealQbft({ validators, round: 2, signers: validators.slice(1), moreSeals: [seal.with(64, 27 + seal[64]!)] }),
      );
    },
    "a Clique seal of zeros": () => cliqueSigner(extraOf(32 + 65), tools),
    "no development seal": () => checkDevelopmentSeal({ ...developed, seal: new Uint8Array() }),
    "a QBFT header with a seal beside it": () =>
      checkSeals(
        { header: sealed, following: [], seal: sealOf(sealed) },
        { ...tools, consensus: qbft, chainId: 1, validators: addresses },
      ),
  },
  SEAL_OF_STRANGER: {
    "a stranger beside a quorum": () => check(sealQbft({ validators, signers: [...validators, mallory] })),
    "a stranger in the place of one": () =>
      check(sealQbft({ validators, signers: [...validators.slice(0, 2), mallory] })),
    "seals of another header": () => {
      const seals = parseQbftExtra(sealQbft({ validators, fields: { number: 2 } }).extraData).seals;
      check(sealQbft({ validators, signers: [], moreSeals: seals }));
    },
    "another state under the same seals": () => {
      const { items } = sealed;
      check(parseHeader(encodeHeader(items.with(3, new Uint8Array(32).fill(9)))));
    },
    "a Clique header of a stranger": () =>
      endorse(sealClique({ fields: { number: 4 }, signer: mallory, signers: validators })),
    "a Clique header whose state was changed": () =>
      endorse(parseHeader(encodeHeader(first.items.with(3, new Uint8Array(32).fill(9))))),
    "a development seal of another key": () =>
      checkDevelopmentSeal({ ...developed, seal: chain.sealDevelopment(noHeader, 5, mallory) }),
    "a development seal of another chain": () =>
      checkDevelopmentSeal({ ...developed, seal: chain.sealDevelopment(noHeader, 6, anna) }),
    "a development seal of another block": () =>
      checkDevelopmentSeal({ ...developed, seal: chain.sealDevelopment(chain.header({ number: 2 }), 5, anna) }),
    "the block's hash signed without its domain": () =>
      checkDevelopmentSeal({ ...developed, seal: sign(plainHash(noHeader, tools.keccak), anna) }),
  },
  SEAL_TWICE: {
    "the same seal": () => check(sealQbft({ validators, signers: [...validators, anna] })),
    "a seal and its twin": () => {
      const signers = validators.slice(0, 3);
      check(sealQbft({ validators, signers, round: 2, moreSeals: [chain.twinOf(sealOf(sealed))] }));
    },
  },
  SEALS_TOO_FEW: {
    "one less than a quorum": () => check(sealQbft({ validators, signers: validators.slice(0, 2) })),
    "no seal": () => check(sealQbft({ validators, signers: [] })),
    "what GoQuorum would import": () => {
      const seven = chain.qbftValidators(7);
      check(sealQbft({ validators: seven, signers: seven.slice(0, 3) }), chain.addressesOf(seven));
    },
  },
  WRONG_ROUND: {
    "seals of round 0 under round 1": () => check(sealQbft({ validators, round: 1, signedRound: 0 })),
    "seals of round 9 under round 0": () => check(sealQbft({ validators, round: 0, signedRound: 9 })),
  },
  PROPOSER_UNKNOWN: {
    "a stranger's proposal": () => check(sealQbft({ validators, fields: { coinbase: mallory.address } })),
    "an empty set": () => check(sealQbft({ validators: [] }), []),
  },
  VALIDATORS_UNSORTED: {
    "the set in another order": () => check(sealQbft({ validators: [...validators].reverse() })),
  },
  VALIDATORS_DIFFER: {
    "an older set": () => check(sealQbft({ validators: validators.slice(0, 3) })),
    "a set with a stranger": () => check(sealQbft({ validators: [...validators, mallory] })),
    "a member twice": () => check(sealQbft({ validators: [anna, ...validators] })),
    "nobody, as where a contract keeps the validators": () =>
      check(sealQbft({ validators: [], signers: validators, fields: { coinbase: anna.address } })),
    "a Clique checkpoint that lists others": () => {
      const listed = concatBytes(new Uint8Array(32 + 20), new Uint8Array(65));
      const signed = sign(
        plainHash(chain.header({ number: 4, difficulty: 2n, extraData: listed.subarray(0, -65) }), tools.keccak),
        anna,
      );
      endorse(chain.header({ number: 4, difficulty: 2n, extraData: concatBytes(listed.subarray(0, -65), signed) }));
    },
  },
  CHAIN_BROKEN: {
    "a missing block": () => endorse(first, third),
    "a child of another block": () => endorse(first, block(1, block(0, undefined, { timestamp: 1 })), third),
    "blocks in another order": () => endorse(second, first, third),
    "a child that skips a number": () => endorse(first, block(2, first, { number: 6 })),
  },
  SIGNED_TOO_RECENTLY: {
    "a signer on top of itself": () => endorse(first, block(0, first)),
    "a signer after two others, of whom it takes three": () => endorse(first, second, block(0, second)),
  },
  TURN_DIFFERS: {
    "difficulty 2 out of turn": () => endorse(block(1, undefined, { difficulty: 2n })),
    "difficulty 1 in turn": () => endorse(block(0, undefined, { difficulty: 1n })),
    "a chain of another set": () =>
      checkCliqueEndorsement({
        ...{ ...tools, header: first, following: [second, third] },
        signers: chain.addressesOf([...validators, mallory]).sort(),
      }),
  },
  ENDORSED_TOO_LITTLE: {
    "the header alone": () => endorse(first),
    "half of the signers": () => endorse(first, second),
    "a header of the last signer": () =>
      endorse(sealClique({ fields: { number: 3 }, signer: dora, signers: validators })),
  },
};
