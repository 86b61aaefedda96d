import { expect } from "chai";

import { bytesToBase64 } from "../../../core/base64.ts";
import { to0x, type Hex } from "../../../core/bytes.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { proofFaultOf, type ProofFaultCode } from "../../../core/proofs/fault.ts";
import { encodeRlp } from "../../../core/proofs/rlp.ts";
import { followTrust } from "../../../core/trust/anchor.ts";
import { publishTrust, type TrustFacts } from "../../../core/trust/bundle.ts";
import {
  addressesOf,
  genesisOf,
  header,
  nobody,
  sealClique,
  signatory,
  tools,
  type Signatory,
} from "../proofs/sealed-chain.ts";
import { founders, growingChain, newcomer, qbftBlocks } from "./qbft-blocks.ts";
import { developmentFacts, qbftFacts } from "./sample.ts";

const follow = (facts: TrustFacts) => followTrust(publishTrust(facts), tools);
function faultOf(facts: TrustFacts): ProofFaultCode | "none" {
  try {
    follow(facts);
    return "none";
  } catch (error) {
    return proofFaultOf(error).code;
  }
}
const base64 = bytesToBase64;
const facts = qbftFacts();
const [transition] = facts.transitions as [TrustFacts["transitions"][number]]; // as: the sample has one
const withConfig = (config: TrustFacts["genesis"]["config"], changes: Partial<TrustFacts> = {}): TrustFacts => ({
  ...facts,
  ...changes,
  genesis: { ...facts.genesis, config },
});
const qbft = { chainId: facts.chainId, qbft: { epochlength: 100 } };

describe("following a trust bundle", () => {
  it("leads from the genesis block to the newest validators", () => {
    const state = follow(facts);
    expect(state.validators).to.deep.equal(addressesOf([...founders, newcomer]).sort());
    expect(state.since).to.equal(9);
    expect(state.sets.map(({ since, validators }) => [since, validators.length])).to.deep.equal([
      [0, 4],
      [9, 5],
    ]);
  });

  it("without a change they are the genesis block's", () => {
    const state = follow({ ...facts, transitions: [] });
    expect(state).to.include({ since: 0 });
    expect(state.validators).to.deep.equal(addressesOf(founders));
  });

  it("of an embedded chain ends at its gateway's own key", () => {
    const sealer = signatory("sealer").address;
    expect(follow(developmentFacts())).to.deep.equal({
      ...{ since: 0, validators: [sealer], isGatewayAlone: true },
      sets: [{ since: 0, validators: [sealer] }],
    });
  });

  it("is the gateway's word alone unless one of the validators publishes it too", () => {
    const [gateway, institution] = facts.publishers as [Publisher, Publisher]; // as: the sample has two
    const stranger: Publisher = { ...institution, validator: signatory("a stranger").address };
    const isAlone = (...publishers: Publisher[]): boolean => follow({ ...facts, publishers }).isGatewayAlone;
    expect(isAlone(gateway, institution)).to.equal(false);
    expect(isAlone(gateway)).to.equal(true);
    expect(isAlone()).to.equal(true);
    expect(isAlone(gateway, stranger)).to.equal(true);
    const sealer: Publisher = { ...institution, validator: signatory("sealer").address };
    expect(follow({ ...developmentFacts(), publishers: [sealer] }).isGatewayAlone).to.equal(true);
  });

  it("refuses a header that is not the genesis block's", () => {
    const { genesis } = facts;
    const other = qbftBlocks(growingChain)[1]!;
    expect(faultOf({ ...facts, genesis: { ...genesis, header: base64(other.raw) } })).to.equal("GENESIS_DIFFERS");
    expect(faultOf({ ...facts, genesis: { ...genesis, hash: `0x${"0".repeat(64)}` } })).to.equal("GENESIS_DIFFERS");
    const later = { ...genesis, header: base64(other.raw), hash: to0x(nobleKeccak.hash(other.raw)) };
    expect(faultOf({ ...facts, genesis: later })).to.equal("GENESIS_DIFFERS");
    expect(faultOf({ ...facts, genesis: { ...genesis, header: "AAAA" } })).to.equal("RLP_TRAILING");
  });

  it("refuses a change that is not proven", () => {
    const changed = (change: Partial<typeof transition>): ProofFaultCode | "none" =>
      faultOf({ ...facts, transitions: [{ ...transition, ...change }] });
    expect(changed({ votes: [] })).to.equal("VOTES_TOO_FEW");
    expect(changed({ votes: transition.votes.slice(1) })).to.equal("VOTES_TOO_FEW");
    expect(changed({ next: transition.votes[0]! })).to.equal("TRANSITION_BROKEN");
    expect(faultOf({ ...facts, transitions: [transition, transition] })).not.to.equal("none");
    const few = qbftBlocks({ ...growingChain, absent: 2 });
    expect(faultOf(qbftFacts(few))).to.equal("SEALS_TOO_FEW");
  });

  it("counts votes within the epoch that the bundle says, and the genesis file with it", () => {
    expect(faultOf({ ...withConfig(null), consensus: { type: "qbft", epoch: 6 } })).to.equal("VOTES_ACROSS_EPOCHS");
    expect(faultOf({ ...facts, consensus: { type: "qbft", epoch: 6 } })).to.equal("CONSENSUS_DIFFERS");
  });

  it("refuses a chain whose validators a contract keeps", () => {
    const genesis = header({ number: 0, extraData: encodeRlp([new Uint8Array(32), [], [], new Uint8Array(), []]) });
    const empty = { hash: to0x(nobleKeccak.hash(genesis.raw)), header: base64(genesis.raw), config: null };
    expect(faultOf({ ...facts, genesis: empty, transitions: [] })).to.equal("UNSUPPORTED_CONSENSUS");
    expect(faultOf(withConfig({ ...qbft, qbft: { validatorcontractaddress: nobody } }))).to.equal(
      "UNSUPPORTED_CONSENSUS",
    );
  });

  it("puts the genesis file's sets in the place of voted ones, from their block on", () => {
    const others: Signatory[] = [signatory("one"), signatory("two"), signatory("three"), signatory("four")];
    const validators = addressesOf(others);
    const config = { ...qbft, transitions: { qbft: [{ block: 12, validators }] } };
    const state = follow(withConfig(config));
    expect([state.since, state.validators]).to.deep.equal([12, [...validators].sort()]);
    expect(state.sets.map(({ since }) => since)).to.deep.equal([0, 9, 12]);
    const before = { blockNumber: 11, blockTime: facts.publishedAt.blockTime };
    expect(follow(withConfig(config, { publishedAt: before })).since).to.equal(9);
  });

  it("follows the signers of a Clique chain", () => {
    const signers = founders.slice(0, 3);
    const blocks = [genesisOf("clique", signers)];
    for (const number of [1, 2]) {
      const parentHash = nobleKeccak.hash(blocks.at(-1)!.raw);
      const vote = { subject: newcomer.address, direction: "add" } as const;
      blocks.push(sealClique({ signers, signer: signers[number]!, vote, fields: { number, parentHash } }));
    }
    const [genesis, ...votes] = blocks;
    const clique: TrustFacts = {
      ...facts,
      consensus: { type: "clique", epoch: 100, period: 1 },
      genesis: { hash: to0x(nobleKeccak.hash(genesis!.raw)), header: base64(genesis!.raw), config: null },
      transitions: [{ votes: votes.map(({ raw }) => base64(raw)), next: null }],
    };
    const state = follow(clique);
    const validators: Hex[] = addressesOf([...signers, newcomer]).sort();
    expect([state.since, state.validators]).to.deep.equal([3, validators]);
    const config = { clique: { period: 5, epoch: 100 } };
    expect(faultOf({ ...clique, genesis: { ...clique.genesis, config } })).to.equal("CONSENSUS_DIFFERS");
  });
});

type Publisher = TrustFacts["publishers"][number];
