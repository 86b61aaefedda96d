import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "chai";
import { benchAgencies } from "../../../scripts/bench/agencies.ts";
import { runPart } from "../../../scripts/bench/part-process.ts";
import { benchUsual } from "../../../scripts/bench/usual.ts";

const program = join(import.meta.dirname, "..", "..", "..", "scripts", "bench.ts");

describe("the bench on a whole gateway", function () {
  this.timeout(180_000);

  it("anchors all that a few agencies post, and says when", async () => {
    const rows = new Map((await benchAgencies(1, 0.5, 2)).map((row) => [row.name, row]));
    const pace = "10 a second each kind, one by one";
    expect(rows.get(`${pace}: accepted`)?.median).to.be.greaterThan(0);
    expect(rows.get(`${pace}: accepted -> anchored, p99`)?.median).to.be.greaterThan(0);
    for (const [name, { median }] of rows) if (name.includes("s later")) expect(median).to.equal(0);
    expect(rows.get("100 a second each kind, 100 in a bulk post: accepted")?.median).to.be.greaterThan(0);
  });

  it("anchors what the usual gateway and ours are sent", async () => {
    const rows = await benchUsual(1, 0.3);
    for (const { median } of rows) expect(median).to.be.greaterThan(0);
    expect(rows.at(-1)?.unit).to.equal("times");
  });
});

describe("the bench's command", function () {
  this.timeout(60_000);

  it("refuses a part that is not there", async () => {
    const [code] = await once(spawn(process.execPath, [program, "--only", "nothing"], { stdio: "ignore" }), "exit");
    expect(code).to.equal(2);
  });

  it("measures one part in a process of its own", async () => {
    const rows = await runPart("merkle", new AbortController().signal);
    expect(rows).to.have.length(4);
  });

  it("stops a part when it is told to", async () => {
    const stop = new AbortController();
    const rejected = runPart("merkle", stop.signal).then(
      () => false,
      () => true,
    );
    stop.abort();
    expect(await rejected).to.equal(true);
  });
});
