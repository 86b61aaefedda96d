import { expect } from "chai";
import fc from "fast-check";

import { readLines } from "../../../server/http/lines.ts";
import { propertyRuns } from "../../runs.ts";

/** The lines as they come out: number and text, null for one that was too long. */
async function linesOf(pieces: readonly Uint8Array[], maxLineBytes = 100): Promise<[number, string | null][]> {
  const found: [number, string | null][] = [];
  for await (const { bytes, ends, lines } of readLines(stream(pieces), maxLineBytes)) {
    const texts = ends.map((end, i) => Buffer.from(bytes.subarray(ends[i - 1] ?? 0, end)).toString());
    for (const { number, tooLong } of lines) found.push([number, tooLong ? null : (texts.shift() ?? "missing")]);
  }
  return found;
}

async function* stream(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Promise.resolve(piece);
}

describe("readLines", () => {
  it("counts blank lines and leaves them out", async () => {
    expect(await linesOf([Buffer.from("a\n\n \t\r\nb")])).to.deep.equal([
      [1, "a"],
      [4, "b"],
    ]);
    expect(await linesOf([])).to.deep.equal([]);
    expect(await linesOf([Buffer.from("\n")])).to.deep.equal([]);
  });

  it("keeps of a line that is too long only its number", async () => {
    const long = "x".repeat(101);
    expect(await linesOf([Buffer.from(`a\n${long}\n${"y".repeat(100)}`)])).to.deep.equal([
      [1, "a"],
      [2, null],
      [3, "y".repeat(100)],
    ]);
    expect(await linesOf(Array.from({ length: 50 }, () => Buffer.from("xxx")))).to.deep.equal([[1, null]]);
  });

  it("gives the lines of a piece before it reads the next", async () => {
    let read = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for (const text of ["a\nb", "c\nd\n"]) {
        read += 1;
        yield Promise.resolve(Buffer.from(text));
      }
    }
    const chunks = readLines(counted(), 100);
    expect((await chunks.next()).value.lines).to.have.length(1);
    expect(read).to.equal(1);
    expect((await chunks.next()).value.lines).to.have.length(2);
  });

  it("bounds a chunk, however short its lines are", async () => {
    const sizes: number[] = [];
    for await (const { lines } of readLines(stream([Buffer.from("1\n".repeat(2_500))]), 100)) sizes.push(lines.length);
    expect(sizes).to.deep.equal([1_000, 1_000, 500]);
  });

  it("the same lines come out wherever the stream is cut", async () => {
    const line = fc.stringMatching(/^[a-z \r]{0,12}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(fc.nat(200)), async (lines, cuts) => {
        const text = lines.join("\n");
        const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].sort((a, b) => a - b);
        const pieces = at.slice(1).map((end, i) => Buffer.from(text.slice(at[i], end)));
        const expected = lines.map((value, i) => [i + 1, value]).filter(([, value]) => String(value).trim() !== "");
        expect(await linesOf(pieces)).to.deep.equal(expected);
      }),
      { numRuns: propertyRuns },
    );
  });
});
