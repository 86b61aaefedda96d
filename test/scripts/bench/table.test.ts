import { expect } from "chai";
import { gasRows } from "../../../scripts/bench/gas-rows.ts";
import { parts } from "../../../scripts/bench/parts.ts";
import { rowOf } from "../../../scripts/bench/sample.ts";
import { reached, tableOf } from "../../../scripts/bench/table.ts";

const part = { title: "A part", how: "This with that." };
const idle = { cores: 2, node: "26.0.0", load: 0.1 };

describe("the bench's table", () => {
  it("has one line a row, with spread only where there is one", () => {
    const rows = [rowOf("speed", "records/s", [20_000, 30_000, 40_000], { atLeast: 20_000 }), rowOf("gas", "gas", [7])];
    const text = tableOf([{ part, rows }], idle);
    expect(text).to.include("| A part | speed | 30,000 | 20,000 – 40,000 | records/s | ≥ 20,000 |\n");
    expect(text).to.include("| A part | gas | 7 |  | gas |  |\n");
    expect(text).to.include("- **A part.** This with that.");
    expect(text).not.to.include("Others used the machine");
  });

  it("says where others used the machine", () => {
    expect(tableOf([], { ...idle, load: 1.5 })).to.include("(load 1.5)");
  });

  it("says by how much a figure falls short, on either side", () => {
    expect(reached(rowOf("x", "ms", [30], { atMost: 20 }))).to.equal("≤ 20: **missed by 50 %**");
    expect(reached(rowOf("x", "times", [0.3], { atLeast: 0.4 }))).to.equal("≥ 0.4: **missed by 25 %**");
    expect(reached(rowOf("x", "records", [3], { atMost: 0 }))).to.equal("≤ 0: **missed by 3**");
    expect(reached(rowOf("x", "ms", [20], { atMost: 20 }))).to.equal("≤ 20");
  });

  it("never takes what was not measured for reached", () => {
    expect(reached(rowOf("x", "ms", [], { atMost: 20 }))).to.include("missed");
    expect(reached(rowOf("x", "ms", [], { atLeast: 20 }))).to.include("missed");
  });

  it("has parts of different names, each of which says how it was measured", () => {
    expect(new Set(parts.map(({ name }) => name)).size).to.equal(parts.length);
    for (const { how, title } of parts) expect(how.length * title.length).to.be.greaterThan(0);
  });

  it("takes gas from the columns for one record and for 500", () => {
    const row = (name: string, one: number, many: number) => ({ name, gas: [one, 0, 0, many] });
    const rows = gasRows({
      anchor: row("ours", 70_000, 1_200),
      prague: row("prague", 70_000, 1_400),
      p256: row("p256", 0, 0),
      timestamp: row("eas", 45_000, 24_000),
      others: [row("root", 47_000, 96)],
      statuses: [0, 0],
      trees: { assembly: 0, plain: 0 },
    });
    expect(rows.map(({ median }) => median)).to.deep.equal([70_000, 1_200, 1_400, 45_000, 24_000, 20, 96]);
    expect(rows.map(reached).filter((text) => text.includes("missed"))).to.have.length(1);
  });
});
