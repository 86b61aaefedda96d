import { expect } from "chai";
import { AbiCoder, keccak256, solidityPacked } from "ethers";
import fc from "fast-check";
import { hexToBytes, to0x } from "../../../core/bytes.ts";
import { effects } from "../../../core/ledger/effect.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import {
  batchSlot,
  batchWord,
  parseBatchWord,
  parseStatusWord,
  statusSlot,
  statusWord,
} from "../../../core/ledger/slots.ts";
import { propertyRuns } from "../../runs.ts";

const nothing = `0x${"0".repeat(64)}` as const;
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(to0x);
const blockTime = fc.integer({ min: 0, max: 2 ** 40 - 1 });
const batch = fc.record({
  agency: fc.stringMatching(/^[0-9A-Z]{18}$/),
  kind: fc.integer({ min: 1, max: 255 }),
  count: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  blockTime,
});
const status = fc.record({
  effect: fc.constantFrom(...effects),
  version: fc.integer({ min: 1, max: 65_535 }),
  blockTime,
  basis: hash.map((value) => value.slice(2)),
});

describe("the ledger's slots", () => {
  it("are where Solidity keeps a mapping's values", () => {
    fc.assert(
      fc.property(hash, (key) => {
        const place = (slot: number): string =>
          keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "uint256"], [key, slot]));
        expect([batchSlot(key, keccak), statusSlot(key, keccak)]).to.deep.equal([place(1), place(2)]);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("of a batch say agency, kind, count and time, packed as Solidity packs them", () => {
    fc.assert(
      fc.property(batch, (one) => {
        const { agency, kind, count, blockTime: time } = one;
        const types = ["bytes18", "uint8", "uint32", "uint40", "uint32"];
        const word = solidityPacked(types, [to0x(new TextEncoder().encode(agency)), kind, count, time, 0]);
        expect(batchWord(one)).to.equal(word);
        expect(parseBatchWord(batchWord(one))).to.deep.equal(one);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("of a status say effect, version, time, and the beginning of the basis' hash", () => {
    fc.assert(
      fc.property(status, (one) => {
        const { effect, version, blockTime: time, basis } = one;
        const basisHash = keccak256(hexToBytes(basis)).slice(2, 50);
        const word = solidityPacked(
          ["uint8", "uint16", "uint40", "bytes24"],
          [effects.indexOf(effect) + 1, version, time, `0x${basisHash}`],
        );
        expect(statusWord(one, keccak)).to.equal(word);
        expect(parseStatusWord(word as `0x${string}`)).to.deep.equal({ effect, version, blockTime: time, basisHash }); // as: ethers writes 0x
      }),
      { numRuns: propertyRuns },
    );
  });

  it("that are empty say nothing", () => {
    expect([parseBatchWord(nothing), parseStatusWord(nothing)]).to.deep.equal([null, null]);
  });

  it("with an effect that the contract does not write have none", () => {
    for (const code of ["00", "06", "ff"])
      expect(parseStatusWord(`0x${code}${"1".repeat(62)}`)).to.deep.include({ effect: undefined, version: 0x1111 });
  });
});
