import { expect } from "chai";

import { hexToBytes, to0x } from "../../../core/bytes.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { encodeHeader, hashWithExtra, parseHeader, plainHash } from "../../../core/proofs/header.ts";
import { scalarBytes } from "../../../core/proofs/rlp.ts";
import { faultOf } from "./fault-of.ts";
import { header } from "./sealed-chain.ts";

/** Ethereum's first block, whose hash everybody knows. */
const genesisOfMainnet = encodeHeader([
  new Uint8Array(32),
  hexToBytes("1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347"),
  new Uint8Array(20),
  hexToBytes("d7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544"),
  hexToBytes("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"),
  hexToBytes("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"),
  new Uint8Array(256),
  scalarBytes(0x400000000n),
  ...[0n, 5000n, 0n, 0n].map(scalarBytes),
  hexToBytes("11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa"),
  new Uint8Array(32),
  hexToBytes("0000000000000042"),
]);

describe("a header", () => {
  it("hashes to what the chain says", () => {
    const hash = "0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3";
    expect(to0x(plainHash(parseHeader(genesisOfMainnet), nobleKeccak))).to.equal(hash);
  });

  it("gives its fields, and keeps those of later forks", () => {
    const later = [
      scalarBytes(7n),
      new Uint8Array(32),
      scalarBytes(0n),
      scalarBytes(0n),
      new Uint8Array(32),
      new Uint8Array(32),
    ];
    for (let count = 0; count <= later.length; count++) {
      const parsed = header({ number: 1234, timestamp: 1_780_000_001, difficulty: 2n, later: later.slice(0, count) });
      expect(parsed).to.deep.include({ number: 1234, timestamp: 1_780_000_001, difficulty: 2n });
      expect(parsed.items).to.have.length(15 + count);
      expect(to0x(encodeHeader(parsed.items))).to.equal(to0x(parsed.raw));
      expect(to0x(hashWithExtra(parsed, parsed.extraData, nobleKeccak))).to.equal(to0x(plainHash(parsed, nobleKeccak)));
    }
  });

  it("has fields of fixed lengths, and integers in their shortest form", () => {
    const { items } = header({});
    for (const index of [0, 1, 2, 3, 4, 5, 6, 13, 14]) {
      const long = encodeHeader(items.with(index, new Uint8Array(items[index]!.length + 1)));
      const short = encodeHeader(items.with(index, items[index]!.subarray(1)));
      for (const raw of [long, short])
        expect(
          faultOf(() => parseHeader(raw)),
          `field ${index}`,
        ).to.equal("HEADER_MALFORMED");
    }
    for (const index of [7, 8, 9, 10, 11]) {
      for (const wrong of [Uint8Array.of(0), Uint8Array.of(0, 5), new Uint8Array(33).fill(1)]) {
        const raw = encodeHeader(items.with(index, wrong));
        expect(
          faultOf(() => parseHeader(raw)),
          `field ${index}`,
        ).to.equal("HEADER_MALFORMED");
      }
    }
    for (const index of [8, 11]) {
      const raw = encodeHeader(items.with(index, scalarBytes(1n << 53n)));
      expect(faultOf(() => parseHeader(raw))).to.equal("HEADER_MALFORMED");
    }
  });
});
