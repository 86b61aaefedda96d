import { expect } from "chai";
import fc from "fast-check";

import { createLineCutter } from "../../../server/http/lines.ts";
import { propertyRuns } from "../../runs.ts";

/** The lines as they come out: number and text, null for one that was too long. Each piece is taken before the next is added. */
function linesOf(pieces: readonly Uint8Array[], maxLineBytes = 100): [number, string | null][] {
  const cutter = createLineCutter(maxLineBytes);
  const chunks = pieces.map((piece) => (cutter.add(piece), cutter.take()));
  cutter.end();
  return [...chunks, cutter.take()].flatMap(({ bytes, ends, lines }) => {
    const texts = ends.map((end, i) => Buffer.from(bytes.subarray(ends[i - 1] ?? 0, end)).toString());
    return lines.map(({ number, tooLong }): [number, string | null] => [
      number,
      tooLong ? null : (texts.shift() ?? "missing"),
    ]);
  });
}

describe("createLineCutter", function () {
  this.timeout(60_000);

  it("counts blank lines and leaves them out", () => {
    expect(linesOf([Buffer.from("a\n\n \t\r\nb")])).to.deep.equal([
      [1, "a"],
      [4, "b"],
    ]);
    expect(linesOf([])).to.deep.equal([]);
    expect(linesOf([Buffer.from("\n")])).to.deep.equal([]);
  });

  it("keeps of a line that is too long only its number", () => {
    const long = "x".repeat(101);
    expect(linesOf([Buffer.from(`a\n${long}\n${"y".repeat(100)}`)])).to.deep.equal([
      [1, "a"],
      [2, null],
      [3, "y".repeat(100)],
    ]);
    expect(linesOf(Array.from({ length: 50 }, () => Buffer.from("xxx")))).to.deep.equal([[1, null]]);
  });

  it("the same lines come out wherever the stream is cut", () => {
    const line = fc.stringMatching(/^[a-z \r]{0,12}$/);
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(200)), (lines, cuts) => {
        const text = lines.join("\n");
        const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].sort((a, b) => a - b);
        const pieces = at.slice(1).map((end, i) => Buffer.from(text.slice(at[i], end)));
        const expected = lines.map((value, i) => [i + 1, value]).filter(([, value]) => String(value).trim() !== "");
        expect(linesOf(pieces)).to.deep.equal(expected);
      }),
      { numRuns: propertyRuns },
    );
  });
});
