import { expect } from "chai";
import fc from "fast-check";
import { bytesToHex, compareBytes, concatBytes, hexToBytes, to0x, utf8 } from "../../core/bytes.ts";
import { propertyRuns } from "../runs.ts";

const bytes = fc.uint8Array({ maxLength: 100 });

describe("bytes", () => {
  it("go to hexadecimal digits and back", () => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(bytesToHex(data)).to.equal(Buffer.from(data).toString("hex"));
        expect(to0x(data)).to.equal(`0x${bytesToHex(data)}`);
        expect(hexToBytes(bytesToHex(data))).to.deep.equal(data);
        expect(hexToBytes(to0x(data))).to.deep.equal(data);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("are read from digits of either case", () => {
    expect(hexToBytes("0xAbCdEf")).to.deep.equal(Uint8Array.of(0xab, 0xcd, 0xef));
    expect(hexToBytes("")).to.deep.equal(new Uint8Array());
  });

  for (const wrong of ["0", "0x0", "zz", "0xgg", "/0", ":0", "@0", "`0", " 0", "虎符", "0X00"])
    it(`are not read from ${JSON.stringify(wrong)}`, () => expect(() => hexToBytes(wrong)).to.throw(RangeError));

  it("are joined and compared as numbers are", () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(concatBytes(a, b)).to.deep.equal(new Uint8Array(Buffer.concat([a, b])));
        expect(Math.sign(compareBytes(a, b))).to.equal(Buffer.compare(a, b));
      }),
      { numRuns: propertyRuns },
    );
    expect(concatBytes()).to.deep.equal(new Uint8Array());
  });

  it("of text are its UTF-8", () => {
    expect(utf8("虎符𠮷")).to.deep.equal(new Uint8Array(Buffer.from("虎符𠮷")));
  });
});
