import { RLP } from "@ethereumjs/rlp";
import { expect } from "chai";
import fc from "fast-check";

import { bytesToHex, hexToBytes } from "../../../core/bytes.ts";
import { decodeRlp, encodeRlp, scalarBytes, scalarOf, type RlpItem } from "../../../core/proofs/rlp.ts";
import { propertyRuns } from "../../runs.ts";
import { faultOf } from "./fault-of.ts";

/** Strings of every form that a length has, and lists of them. */
const strings = fc.oneof(
  fc.uint8Array({ maxLength: 3 }),
  fc.uint8Array({ minLength: 53, maxLength: 58 }),
  fc.uint8Array({ minLength: 250, maxLength: 260 }),
);
const { item: items } = fc.letrec<{ item: RlpItem; list: RlpItem[] }>((tie) => ({
  item: fc.oneof({ maxDepth: 4 }, strings, tie("list")),
  list: fc.array(tie("item"), { maxLength: 6 }),
}));

/** As nested lists of hexadecimal digits. */
function shape(item: RlpItem): unknown {
  return item instanceof Uint8Array ? bytesToHex(item) : item.map(shape);
}

describe("RLP", () => {
  it("is written as the other library writes it, and read back", () => {
    fc.assert(
      fc.property(items, (item) => {
        const bytes = encodeRlp(item);
        expect(bytesToHex(bytes)).to.equal(bytesToHex(RLP.encode(item as Parameters<typeof RLP.encode>[0])));
        expect(shape(decodeRlp(bytes))).to.deep.equal(shape(item));
      }),
      { numRuns: propertyRuns },
    );
  });

  it("reads nothing that it would not write: every byte string is refused, or its own encoding", () => {
    const near = items.chain((item) => {
      const bytes = encodeRlp(item);
      return fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)).map(([at, byte]) => bytes.with(at, byte));
    });
    fc.assert(
      fc.property(fc.oneof(near, fc.uint8Array({ maxLength: 80 })), (bytes) => {
        let item: RlpItem | undefined;
        const fault = faultOf(() => (item = decodeRlp(bytes)));
        if (item === undefined) expect(fault).to.be.oneOf(["RLP_TRUNCATED", "RLP_NOT_CANONICAL", "RLP_TRAILING"]);
        else expect(bytesToHex(encodeRlp(item))).to.equal(bytesToHex(bytes));
      }),
      { numRuns: propertyRuns * 5 },
    );
  });

  it("is the longest list and string that a length of one, two and three bytes can say", () => {
    for (const length of [0, 1, 55, 56, 255, 256, 65535, 65536]) {
      const text = new Uint8Array(length).fill(0x61);
      expect(decodeRlp(encodeRlp(text))).to.deep.equal(text);
      expect(encodeRlp([text])).to.deep.equal(RLP.encode([text]));
    }
  });

  it("has integers in their shortest form alone", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }), (value) => {
        expect(scalarOf(scalarBytes(value))).to.equal(value);
      }),
      { numRuns: propertyRuns },
    );
    expect(scalarBytes(0n)).to.have.length(0);
    expect(bytesToHex(scalarBytes(0x100n))).to.equal("0100");
    for (const wrong of [hexToBytes("00"), hexToBytes("0001"), new Uint8Array(33).fill(1), [], undefined]) {
      expect(scalarOf(wrong)).to.equal(undefined);
    }
  });
});
