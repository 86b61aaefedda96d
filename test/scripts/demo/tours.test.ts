import { chmodSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import { startGateway, type StartOptions } from "../../../scripts/demo/gateway.ts";
import { processesOf, removeWithProcesses, start, TEST_MS } from "./children.ts";

const scripts = join(import.meta.dirname, "..", "..", "..", "scripts");

/** Says that it is geth 1.13, takes any genesis block, and then runs without ever answering. */
const fakeGeth = `#!${process.execPath}
if (process.argv[2] === "version") console.log("Version: 1.13.15-stable");
else if (!process.argv.includes("init")) setInterval(() => undefined, 1000);
`;

describe("a tour that is interrupted", function () {
  this.timeout(TEST_MS);
  let folder: string;
  let temporary: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hufu-tours-"));
    temporary = join(folder, "tmp");
    mkdirSync(temporary);
  });
  afterEach(() => removeWithProcesses(folder));

  function nothingIsLeft(): void {
    expect(readdirSync(temporary)).to.deep.equal([]);
    expect(processesOf(temporary)).to.deep.equal([]);
  }

  it("while its gateway starts, leaves no process and no file", async () => {
    const tour = start(join(scripts, "demo.ts"), [], { TMPDIR: temporary });
    await tour.untilProcesses(temporary, 3); // itself, the gateway, the chain
    const { code, output } = await tour.interrupt("SIGTERM");
    expect(code, output).to.equal(130);
    nothingIsLeft();
  });

  it("on its way, leaves no process and no file", async () => {
    const tour = start(join(scripts, "demo.ts"), [], { TMPDIR: temporary });
    await tour.until("1. ");
    const { code, output } = await tour.interrupt("SIGINT");
    expect(code, output).to.equal(130);
    expect(output.match(/Interrupted/g)).to.have.length(1);
    nothingIsLeft();
  });

  it("while its validators start, leaves none of them, and its folder only where that was asked for", async () => {
    const programs = join(folder, "programs");
    mkdirSync(programs);
    writeFileSync(join(programs, "geth"), fakeGeth);
    chmodSync(join(programs, "geth"), 0o755);
    const PATH = [programs, process.env["PATH"] ?? ""].join(delimiter);
    for (const args of [[], ["--keep"]]) {
      const tour = start(join(scripts, "demo-network.ts"), args, { TMPDIR: temporary, PATH });
      await tour.untilProcesses(temporary, 5); // itself, and four validators
      const { code, output } = await tour.interrupt("SIGINT");
      expect(code, output).to.equal(130);
      expect(processesOf(temporary)).to.deep.equal([]);
      expect(readdirSync(temporary)).to.have.length(args.length);
    }
  });

  async function failureOf(env: Record<string, string>, options: StartOptions = {}): Promise<unknown> {
    return startGateway(join(temporary, "data"), env, options).catch((error: unknown) => error);
  }

  it("has a gateway that is given up when it is not ready in time", async () => {
    const failure = await failureOf({ HUFU_RPC: "http://127.0.0.1:9" }, { readyMs: 2_000 });
    expect(failure)
      .to.have.property("message")
      .that.matches(/not ready after 2 s/);
    expect(processesOf(temporary)).to.deep.equal([]);
  });

  it("has a gateway that tells what it printed last when it cannot start", async () => {
    const failure = await failureOf({ PORT: "none" });
    expect(failure)
      .to.have.property("message")
      .that.matches(/exit code 1 before it was ready:\n[^]*PORT/);
  });
});
