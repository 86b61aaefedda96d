import { expect } from "chai";

import type { JsonObject } from "../../../core/json/parse.ts";
import type { Consensus } from "../../../core/proofs/consensus.ts";
import { proofFaultOf } from "../../../core/proofs/fault.ts";
import { epochIn, overridesOf, periodIn, settingsOf } from "../../../core/trust/genesis-config.ts";

const chainId = 7;
const qbft: Consensus = { type: "qbft", epoch: 30_000 };
const clique: Consensus = { type: "clique", epoch: 30_000, period: 5 };
const address = (digit: string): string => `0x${digit.repeat(40)}`;

function answer(config: JsonObject, consensus: Consensus = qbft): unknown {
  try {
    return overridesOf(config, consensus, chainId);
  } catch (error) {
    const { code, params } = proofFaultOf(error);
    return [code, params["what"]];
  }
}

describe("a genesis file's config", () => {
  it("as Besu, geth and GoQuorum write it names no sets of its own", () => {
    const besu = { chainId, londonBlock: 0, zeroBaseFee: true, qbft: { epochlength: 30_000, blockperiodseconds: 1 } };
    expect(answer(besu)).to.deep.equal([]);
    expect(answer({ chainID: chainId, QBFT: {} })).to.deep.equal([]);
    const goQuorum = { chainId, isQuorum: true, qbft: { epochLength: 30_000, validatorContractAddress: "" } };
    expect(answer(goQuorum)).to.deep.equal([]);
    expect(answer({ chainId, clique: { period: 5, epoch: 30_000 } }, clique)).to.deep.equal([]);
    expect(answer({ chainId, clique: { blockperiodseconds: 5, epochlength: 30_000 } }, clique)).to.deep.equal([]);
    expect(answer({}, { type: "development", sealer: "0x00" })).to.deep.equal([]);
  });

  it("says epoch and period under either name, in any case", () => {
    const said = (config: JsonObject) => {
      const settings = settingsOf(config, "clique");
      return settings && [epochIn(settings), periodIn(settings)];
    };
    expect(said({ clique: { period: 5, epoch: 100 } })).to.deep.equal([100, 5]);
    expect(said({ Clique: { BlockPeriodSeconds: 5, epochLength: 100 } })).to.deep.equal([100, 5]);
    expect(said({ clique: {} })).to.deep.equal([30_000, undefined]);
    expect(said({ clique: 1, qbft: {} })).to.equal(undefined);
  });

  it("has sets of its own in Besu's form and in GoQuorum's, ascending by block", () => {
    const later = { block: 20, validators: [address("B"), address("a")] };
    const sooner = { block: 10, validators: [address("c")], validatorselectionmode: "blockheader" };
    const expected = [
      { block: 10, validators: [address("c")] },
      { block: 20, validators: [address("a"), address("b")] },
    ];
    const timing = { block: 5, blockperiodseconds: 2 };
    expect(answer({ qbft: {}, transitions: { qbft: [later, timing, sooner] } })).to.deep.equal(expected);
    const goQuorum = [{ block: 0, algorithm: "qbft", validators: [] }, later, { ...sooner, epochLength: 30_000 }];
    expect(answer({ qbft: {}, transitions: goQuorum })).to.deep.equal(expected);
    expect(answer({ qbft: {}, transitions: {} })).to.deep.equal([]);
    expect(answer({ qbft: {}, transitions: null })).to.deep.equal([]);
  });

  const differing: readonly [what: string, config: JsonObject, consensus?: Consensus][] = [
    ["chainId", { chainId: 8, qbft: {} }],
    ["qbft", { clique: { epoch: 30_000 } }],
    ["clique", { qbft: {} }, clique],
    ["epoch", { qbft: { epochlength: 100 } }],
    ["epoch", { qbft: {} }, { type: "qbft", epoch: 100 }],
    ["period", { clique: { period: 6 } }, clique],
  ];
  for (const [index, [what, config, consensus]] of differing.entries())
    it(`is not the bundle's: ${what} (${index})`, () => {
      expect(answer(config, consensus)).to.deep.equal(["CONSENSUS_DIFFERS", what]);
    });

  const withTransitions = (transitions: JsonObject[] | JsonObject | string): JsonObject => ({ qbft: {}, transitions });
  const unsupported: readonly [what: string, config: JsonObject][] = [
    ["ecCurve", { qbft: {}, ecCurve: "secp256r1" }],
    ["ibft2", { qbft: {}, ibft2: {} }],
    ["istanbul", { istanbul: { epoch: 30_000 } }],
    ["startBlock", { qbft: { startblock: 10 } }],
    ["validatorContractAddress", { qbft: { validatorContractAddress: address("1") } }],
    ["validatorContractAddress", withTransitions({ qbft: [{ block: 1, validatorcontractaddress: address("1") }] })],
    ["validatorContractAddress", withTransitions([{ block: 1, validatorselectionmode: "contract" }])],
    ["transitions", withTransitions({ ibft2: [] })],
    ["transitions", withTransitions("later")],
    ["transitions", withTransitions([{ block: 3, algorithm: "qbft" }])],
    ["transitions", withTransitions([{ block: 3, epochlength: 5 }])],
    ["transitions", withTransitions([{ block: "3" }])],
    ["transitions", withTransitions({ qbft: [{ block: 3, validators: ["0x12"] }] })],
    ["transitions", withTransitions({ qbft: [{ block: 3, validators: address("1") }] })],
  ];
  for (const [index, [what, config]] of unsupported.entries())
    it(`cannot be followed: ${what} (${index})`, () => {
      expect(answer(config)).to.deep.equal(["UNSUPPORTED_CONSENSUS", what]);
    });
});
