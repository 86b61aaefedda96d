import { expect } from "chai";
import fc from "fast-check";

import { HufuError, type FaultCode } from "../../../core/error.ts";
import { followTrust } from "../../../core/trust/anchor.ts";
import {
  MAX_TRUST,
  parseTrustBundle,
  parseTrustText,
  publishTrust,
  type TrustFacts,
} from "../../../core/trust/bundle.ts";
import { propertyRuns } from "../../runs.ts";
import { fastTools } from "../proofs/sealed-chain.ts";
import { frozenText } from "./frozen.ts";
import { developmentFacts, qbftFacts } from "./sample.ts";

type Found = [code: FaultCode, pointer: string];

function faultsOf(read: () => unknown): Found[] {
  try {
    read();
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    expect(error.code).to.equal("INVALID_TRUST");
    return error.faults.map(({ code, pointer }) => [code, pointer]);
  }
  return [];
}
const publishing = (changes: object, facts: TrustFacts = qbftFacts()): Found[] =>
  faultsOf(() => publishTrust({ ...facts, ...changes }));

describe("a trust bundle", () => {
  it("of version 1 is read by every later program, and followed", () => {
    const qbft = parseTrustText(frozenText("qbft"));
    const state = followTrust(qbft, fastTools);
    expect([state.since, state.validators.length, state.isGatewayAlone]).to.deep.equal([9, 5, false]);
    const development = parseTrustText(frozenText("development"));
    expect(followTrust(development, fastTools)).to.include({ since: 0, isGatewayAlone: true });
  });

  it("is what was published, through JSON", () => {
    for (const facts of [qbftFacts(), developmentFacts()]) {
      const bundle = publishTrust(facts);
      expect(parseTrustText(JSON.stringify(bundle))).to.deep.equal(bundle);
      const { fingerprint: _, ...rest } = bundle;
      expect(rest).to.deep.equal(facts);
    }
  });

  it("of version 0 is refused by a sentence of its own", () => {
    expect(faultsOf(() => parseTrustBundle({ format: "hufu-trust", version: 0 }))).to.deep.equal([
      ["NOT_ALLOWED", "/version"],
    ]);
  });

  it("is closed, and says every fault at once", () => {
    const { chainId: _, ...facts } = qbftFacts();
    const bundle = { ...facts, fingerprint: {}, deploymentBlock: -1, genesis: { ...facts.genesis, more: 1 } };
    expect(faultsOf(() => parseTrustBundle(bundle))).to.deep.equal([
      ["MISSING_FIELD", "/chainId"],
      ["UNKNOWN_FIELD", "/genesis/more"],
      ["WRONG_TYPE", "/deploymentBlock"],
      ["MISSING_FIELD", "/fingerprint/sha256"],
      ["MISSING_FIELD", "/fingerprint/words"],
    ]);
  });

  const facts = qbftFacts();
  const { genesis, contracts, checkpoints, agencies, publishers, transitions } = facts;
  const [gateway, institution] = publishers as [TrustFacts["publishers"][number], TrustFacts["publishers"][number]]; // as: the sample has two
  const named = (name: string) => [{ ...agencies[0]!, name }];
  const refused: readonly (readonly [what: string, changes: object, ...faults: Found[]])[] = [
    ["another format", { format: "hufu" }, ["NOT_ALLOWED", "/format"]],
    ["a later version", { version: 2 }, ["NOT_ALLOWED", "/version"]],
    ["no chain", { chainId: 0 }, ["WRONG_TYPE", "/chainId"]],
    ["upper-case hex", { genesis: { ...genesis, hash: genesis.hash.toUpperCase() } }, ["INVALID_HEX", "/genesis/hash"]],
    ["a header that is no base64", { genesis: { ...genesis, header: "?" } }, ["INVALID_BASE64", "/genesis/header"]],
    ["a config that is no object", { genesis: { ...genesis, config: [] } }, ["WRONG_TYPE", "/genesis/config"]],
    ["another consensus", { consensus: { type: "ibft2", epoch: 1 } }, ["NOT_ALLOWED", "/consensus/type"]],
    ["no consensus", { consensus: null }, ["NOT_ALLOWED", "/consensus/type"]],
    [
      "members of another consensus",
      { consensus: { type: "clique", epoch: 1 } },
      ["MISSING_FIELD", "/consensus/period"],
    ],
    ["epochs of no block", { consensus: { type: "qbft", epoch: 0 } }, ["WRONG_TYPE", "/consensus/epoch"]],
    [
      "a change without the next header",
      { transitions: [{ ...transitions[0], next: null }] },
      ["REQUIRED_HERE", "/transitions/0/next"],
    ],
    [
      "Clique with a next header",
      { consensus: { type: "clique", epoch: 100, period: 1 } },
      ["FORBIDDEN_HERE", "/transitions/0/next"],
    ],
    [
      "a development chain whose validators change",
      { consensus: { type: "development", sealer: institution.validator } },
      ["FORBIDDEN_HERE", "/transitions"],
    ],
    ["a checkpoint twice", { checkpoints: [checkpoints[0], checkpoints[0]] }, ["NUMBERING", "/checkpoints/1"]],
    ["agencies out of order", { agencies: [...agencies].reverse() }, ["NUMBERING", "/agencies/1"]],
    ["a code that is none", { agencies: [{ uscc: "1", name: "x" }] }, ["INVALID_USCC", "/agencies/0/uscc"]],
    ["a name that does not show", { agencies: named(" \u200b") }, ["NOT_PRINTABLE", "/agencies/0/name"]],
    ["a name that turns the text", { agencies: named("甲\u202e乙") }, ["NOT_PRINTABLE", "/agencies/0/name"]],
    ["a name of two lines", { agencies: named("甲\n乙") }, ["NOT_PRINTABLE", "/agencies/0/name"]],
    ["a contract too few", { contracts: { ...contracts, ledger: undefined } }, ["MISSING_FIELD", "/contracts/ledger"]],
    [
      "a gateway that seals",
      { publishers: [{ ...gateway, validator: institution.validator }] },
      ["FORBIDDEN_HERE", "/publishers/0/validator"],
    ],
    [
      "a validator without address",
      { publishers: [{ ...institution, validator: null }] },
      ["REQUIRED_HERE", "/publishers/0/validator"],
    ],
    [
      "an address to run",
      { publishers: [{ ...gateway, url: "javascript:alert(1)" }] },
      ["INVALID_VALUE", "/publishers/0/url"],
    ],
    [
      "a time that is none",
      { publishedAt: { blockNumber: 1, blockTime: "2026-02-30T00:00:00Z" } },
      ["INVALID_DATE", "/publishedAt/blockTime"],
    ],
  ];
  for (const [what, changes, ...faults] of refused)
    it(`is refused with ${what}`, () =>
      expect(publishing(JSON.parse(JSON.stringify(changes)) as object)).to.deep.equal(faults));

  it("is refused where it is larger than any, before anything else is looked at", () => {
    const config = { note: "x".repeat(MAX_TRUST) };
    expect(publishing({ genesis: { ...genesis, config } })).to.deep.equal([["TOO_LONG", ""]]);
    expect(faultsOf(() => parseTrustText(" ".repeat(2 * MAX_TRUST + 1)))).to.deep.equal([["TOO_LONG", ""]]);
  });

  it("is refused with words or a hash of another bundle", () => {
    const bundle = publishTrust(facts);
    const other = publishTrust(developmentFacts()).fingerprint;
    const withFingerprint = (fingerprint: object): Found[] =>
      faultsOf(() => parseTrustBundle({ ...bundle, fingerprint }));
    expect(withFingerprint(other)).to.deep.equal([["INVALID_VALUE", "/fingerprint/sha256"]]);
    const words = { ...bundle.fingerprint.words, "zh-CN": other.words["zh-CN"] };
    expect(withFingerprint({ ...bundle.fingerprint, words })).to.deep.equal([
      ["INVALID_VALUE", "/fingerprint/words/zh-CN"],
    ]);
  });

  it("with any one character changed is refused", () => {
    const text = frozenText("qbft");
    const place = fc.integer({ min: 0, max: text.length - 1 });
    const property = fc.property(place, fc.constantFrom("0", "1", "f", "A", "x", '"', ",", "{"), (at, character) => {
      const changed = text.slice(0, at) + character + text.slice(at + 1);
      fc.pre(changed !== text);
      try {
        expect(parseTrustText(changed)).to.deep.equal(parseTrustText(text)); // white space alone may change
      } catch (error) {
        expect(error).to.be.instanceOf(HufuError);
        expect((error as HufuError).code).to.be.oneOf(["INVALID_TRUST", "MALFORMED_JSON"]); // as: the line above says so
      }
    });
    fc.assert(property, { numRuns: propertyRuns });
  });

  it("made of anything is read or refused, and breaks nothing", () => {
    const property = fc.property(fc.anything(), (value) => {
      try {
        parseTrustBundle(value);
      } catch (error) {
        if (!(error instanceof HufuError)) throw error;
        expect(error.code).to.be.oneOf(["INVALID_TRUST", "MALFORMED_JSON"]);
      }
    });
    fc.assert(property, { numRuns: propertyRuns });
  });
});
