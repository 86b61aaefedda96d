import { expect } from "chai";
import { percentile, rowOf, sampledInTurn } from "../../../scripts/bench/sample.ts";

describe("a bench's sums", () => {
  it("are the median, the least and the most, and what was to be reached", () => {
    expect(rowOf("x", "ms", [3, 1, 2])).to.deep.equal({ name: "x", median: 2, min: 1, max: 3, unit: "ms" });
    expect(rowOf("x", "ms", [3], { atMost: 4 })).to.deep.include({ median: 3, goal: { atMost: 4 } });
  });

  it("are not a number where nothing was measured", () => {
    expect(rowOf("x", "ms", []).median).to.be.NaN;
    expect(percentile([], 0.5)).to.be.NaN;
  });

  it("take each way in turn and leave the first round out", async () => {
    const order: string[] = [];
    const way = (name: string, values: number[]) => ({
      name,
      measure: () => {
        order.push(name);
        return values.shift() ?? Number.NaN;
      },
    });
    const rows = await sampledInTurn("n", 3, [way("a", [99, 1, 2, 3]), way("b", [0, 7, 8, 9])]);
    expect(order.join("")).to.equal("abababab");
    expect(rows.map(({ name, median, min, max }) => [name, median, min, max])).to.deep.equal([
      ["a", 2, 1, 3],
      ["b", 8, 7, 9],
    ]);
  });

  it("find the value below which a share lies, whatever the order", () => {
    const values = Array.from({ length: 100 }, (_, index) => (index * 37) % 100);
    expect(percentile(values, 0.5)).to.equal(50);
    expect(percentile(values, 0.99)).to.equal(99);
    expect(percentile(values, 1)).to.equal(99);
    expect(percentile([5], 0.99)).to.equal(5);
  });
});
