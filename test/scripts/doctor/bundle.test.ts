import { expect } from "chai";
import { followTrust } from "../../../core/trust/anchor.ts";
import { compareValidators, examineBundle, examineContracts, examineServed } from "../../../scripts/doctor/bundle.ts";
import { addressesOf, fastTools } from "../../core/proofs/sealed-chain.ts";
import { founders, growingChain, newcomer, qbftBlocks } from "../../core/trust/qbft-blocks.ts";
import { developmentFacts, qbftFacts } from "../../core/trust/sample.ts";
import { publishTrust, type TrustBundle } from "../../../core/trust/bundle.ts";
import { bundleOf, codesOf, findingOf, seen } from "./pretended.ts";

const held = (bundle: TrustBundle = bundleOf()) => ({ bundle, state: followTrust(bundle, fastTools) });
const [gateway] = qbftFacts().publishers;
const look = (bundle: unknown) => examineBundle("trust.json", JSON.stringify(bundle), fastTools);

describe("the doctor on a trust bundle", () => {
  it("says whether it holds, and whether a validator publishes it", () => {
    const good = look(bundleOf());
    expect(codesOf(good.findings)).to.deep.equal(["BUNDLE_HOLDS"]);
    expect(good.held?.state.validators).to.have.length(5);
    expect(codesOf(look(bundleOf({ publishers: [gateway!] })).findings)).to.include("BUNDLE_OF_GATEWAY");
    expect(codesOf(look(publishTrust(developmentFacts())).findings)).to.include("BUNDLE_OF_A_DESK");
    const [change] = qbftFacts().transitions;
    const unproven = bundleOf({ transitions: [{ ...change!, votes: change!.votes.slice(1) }] });
    for (const bad of [{ ...bundleOf(), chainId: 5 }, {}, unproven]) {
      const { findings, held: none } = look(bad);
      expect(codesOf(findings)).to.deep.equal(["BUNDLE_INVALID"]);
      expect(none).to.equal(null);
    }
  });

  it("compares it with what the gateway serves", () => {
    const served = (trust: TrustBundle | null, ledger = null) =>
      codesOf(examineServed(held(), { ledger, trust: trust && JSON.stringify(trust), ahead: null }));
    expect(served(bundleOf())).to.deep.equal(["BUNDLE_SERVED"]);
    expect(served(bundleOf({ publishers: [gateway!] }))).to.deep.equal(["BUNDLE_SERVED"]);
    expect(served(bundleOf({ agencies: [] }))).to.deep.equal(["BUNDLE_GROWN"]);
    expect(served(bundleOf({ checkpoints: [], publishers: [gateway!] }))).to.deep.equal(["BUNDLE_SERVED"]);
    expect(served(bundleOf({ checkpoints: [], agencies: [] }))).to.deep.equal(["BUNDLE_GROWN"]);
    const [checkpoint] = qbftFacts().checkpoints;
    const rewritten = [{ ...checkpoint!, blockHash: bundleOf().genesis.hash }];
    expect(served(bundleOf({ checkpoints: rewritten }))).to.deep.equal(["BUNDLE_OTHER"]);
    expect(served(bundleOf({ checkpoints: [], transitions: [] }))).to.deep.equal(["BUNDLE_OTHER"]);
    expect(served(null)).to.deep.equal(["NOT_LOOKED_AT"]);
    expect(codesOf(examineServed(held(), { ledger: null, trust: "{}", ahead: null }))).to.deep.equal([
      "BUNDLE_INVALID",
    ]);
  });

  it("tells a gateway that writes to another ledger", () => {
    const { chainId, genesis, contracts } = bundleOf();
    const ledger = { chainId, genesisHash: genesis.hash, address: contracts.ledger.address };
    const trust = JSON.stringify(bundleOf());
    expect(codesOf(examineServed(held(), { ledger, trust, ahead: null }))).to.deep.equal(["BUNDLE_SERVED"]);
    const other = { ...ledger, address: contracts.agencies.address };
    expect(codesOf(examineServed(held(), { ledger: other, trust, ahead: null }))).to.deep.equal([
      "GATEWAY_OTHER_LEDGER",
    ]);
  });

  it("compares the contracts' code and the newest checkpoint with a node's", async () => {
    const node = await seen(qbftBlocks(growingChain));
    expect(codesOf(await examineContracts(held(), node, fastTools))).to.deep.equal(["CONTRACTS_AS_TRUSTED"]);
    const { contracts } = bundleOf();
    const forged = { ...contracts, ledger: { ...contracts.ledger, codeHash: contracts.agencies.codeHash } };
    const findings = await examineContracts(held(bundleOf({ contracts: forged })), node, fastTools);
    expect(findingOf(findings, "CONTRACT_DIFFERS").params["contract"]).to.equal("ledger");
    const checkpoints = [{ blockNumber: 9, blockHash: node.head.hash }];
    const elsewhere = await examineContracts(held(bundleOf({ checkpoints })), node, fastTools);
    expect(findingOf(elsewhere, "NODE_OTHER_HISTORY").params["block"]).to.equal(9);
  });

  it("says which validators came and went since", () => {
    const now = addressesOf([...founders, newcomer]).sort();
    expect(compareValidators(held(), now).code).to.equal("BUNDLE_CURRENT");
    const gone = compareValidators(held(), addressesOf(founders));
    expect(gone.code).to.equal("BUNDLE_VALIDATORS_OLD");
    expect(gone.params).to.deep.equal({ come: "-", gone: newcomer.address });
  });
});
