import { expect } from "chai";
import { solidityPackedKeccak256 } from "ethers";
import fc from "fast-check";
import { to0x } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { effectAllowed, effectCode, effectOf, effects, isTerminal } from "../../../core/ledger/effect.ts";
import { createKeccak, nobleKeccak } from "../../../core/ledger/keccak.ts";
import { agencyBytes, leafOf } from "../../../core/ledger/leaf.ts";
import { propertyRuns } from "../../runs.ts";

const agency = fc.string({ unit: fc.constantFrom(..."0123456789ABCDEFGHJKLMNPQRTUWXY"), minLength: 18, maxLength: 18 });
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("a leaf", () => {
  it("is keccak256 of agency, kind and digest, packed, as Solidity packs them", () => {
    fc.assert(
      fc.property(agency, fc.integer({ min: 0, max: 255 }), digest, (code, kind, hash) => {
        const packed = solidityPackedKeccak256(
          ["bytes18", "uint8", "bytes32"],
          [to0x(agencyBytes(code)), kind, to0x(hash)],
        );
        expect(to0x(leafOf(code, kind, hash, nobleKeccak))).to.equal(packed);
        expect(to0x(leafOf(code, kind, to0x(hash).slice(2), nobleKeccak))).to.equal(packed);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("is the same from both implementations of Keccak, of inputs of any length", async () => {
    const wasm = await createKeccak();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40_000 }), (input) => {
        expect(wasm.hash(input)).to.deep.equal(nobleKeccak.hash(input));
      }),
      { numRuns: propertyRuns },
    );
  });

  it("a hash is not changed by the next one", async () => {
    const wasm = await createKeccak();
    const first = wasm.hash(new Uint8Array(3));
    const copy = first.slice();
    wasm.hash(new Uint8Array(4));
    expect(first).to.deep.equal(copy);
  });

  it("refuses what is no agency, no kind, no digest", () => {
    const good: [string, number, Uint8Array] = ["11440310XX0001011N", 1, new Uint8Array(32)];
    const bad: [string, number, Uint8Array][] = [
      ["11440310XX0001011", 1, good[2]],
      ["11440310xx0001011n", 1, good[2]],
      ["11440310XX00010虎N", 1, good[2]],
      [good[0], 256, good[2]],
      [good[0], -1, good[2]],
      [good[0], 1.5, good[2]],
      [good[0], 1, new Uint8Array(31)],
      [good[0], 1, new Uint8Array(64)],
    ];
    expect(() => leafOf(...good, nobleKeccak)).to.not.throw();
    for (const [code, kind, hash] of bad) {
      expect(() => leafOf(code, kind, hash, nobleKeccak))
        .to.throw(HufuError)
        .with.property("code", "INVARIANT");
    }
  });
});

describe("effects", () => {
  it("have the codes of the contract, and NONE is none of them", () => {
    expect(effects.map(effectCode)).to.deep.equal([1, 2, 3, 4, 5]);
    expect([1, 2, 3, 4, 5].map(effectOf)).to.deep.equal(effects);
    expect([0, 6, -1].map(effectOf)).to.deep.equal([undefined, undefined, undefined]);
  });

  it("SUPERSEDED and WITHDRAWN are terminal", () => {
    expect(effects.filter(isTerminal)).to.deep.equal(["SUPERSEDED", "WITHDRAWN"]);
  });

  it("a set of effects has those whose bit is set", () => {
    expect(effects.filter((effect) => effectAllowed(0b001110, effect))).to.deep.equal([
      "IN_FORCE",
      "ANNOTATED",
      "ENDED",
    ]);
    expect(effects.filter((effect) => effectAllowed(0, effect))).to.deep.equal([]);
  });
});
