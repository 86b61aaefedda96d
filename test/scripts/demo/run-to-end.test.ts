import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { runToEnd } from "../../../scripts/demo/run-to-end.ts";
import { processesOf, removeWithProcesses, start, TEST_MS } from "./children.ts";

const script = join(import.meta.dirname, "long-run.ts");
const quiet = (): void => undefined;

describe("a run", function () {
  this.timeout(TEST_MS);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "hufu-run-"))));
  afterEach(() => removeWithProcesses(folder));

  it("ends what it began, the newest first, and answers or rejects as its work did", async () => {
    const ended: string[] = [];
    const answer = await runToEnd(async (run) => {
      run.atEnd(() => void ended.push("first"));
      run.atEnd(() => void ended.push("second"));
      return Promise.resolve(7);
    }, quiet);
    expect([answer, ...ended]).to.deep.equal([7, "second", "first"]);
    const failure = await runToEnd((run) => {
      run.atEnd(() => void ended.push("third"));
      return Promise.reject(new Error("it failed"));
    }, quiet).catch((error: unknown) => error);
    expect(failure).to.have.property("message", "it failed");
    expect(ended).to.have.length(3);
  });

  it("ends the rest where something cannot be ended, and says so", async () => {
    const [ended, said]: [string[], string[]] = [[], []];
    await runToEnd(
      (run) => {
        run.atEnd(() => void ended.push("first"));
        run.atEnd(() => Promise.reject(new Error("stuck")));
        return Promise.resolve();
      },
      (sentence) => said.push(sentence),
    );
    expect(ended).to.deep.equal(["first"]);
    expect(said.join()).to.include("stuck");
  });

  it("leaves the signals as they were", async () => {
    const before = process.listenerCount("SIGINT");
    await runToEnd(() => Promise.resolve(expect(process.listenerCount("SIGINT")).to.equal(before + 1)), quiet);
    expect(process.listenerCount("SIGINT")).to.equal(before);
  });

  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    it(`that ${name} interrupts ends its child, removes its folder, says so once, and exits with 130`, async () => {
      const own = join(folder, "own");
      const program = start(script, [own, "waits"], {});
      await program.until("waiting");
      expect(processesOf(own)).to.have.length(2);
      const { code, output } = await program.interrupt(name);
      expect(code, output).to.equal(130);
      expect(output.match(/Interrupted/g)).to.have.length(1);
      expect([existsSync(own), processesOf(own)]).to.deep.equal([false, []]);
    });

  it("is not hurried by a second signal, and begins nothing more", async () => {
    const own = join(folder, "own");
    const program = start(script, [own, "dawdles"], {});
    await program.until("waiting");
    program.child.kill("SIGINT");
    await program.until("Interrupted");
    const { code, output } = await program.interrupt("SIGINT");
    expect(code, output).to.equal(130);
    expect(output.match(/Interrupted/g)).to.have.length(1);
    expect(output).to.include("refused").and.not.to.include("begun");
    expect([existsSync(own), processesOf(own)]).to.deep.equal([false, []]);
  });

  it("is interrupted, and has not failed, where the signal came while it could not listen", async () => {
    const own = join(folder, "own");
    const program = start(script, [own, "blocks"], {});
    await program.until("blocking");
    const { code, output } = await program.interrupt("SIGINT");
    expect(code, output).to.equal(130);
    expect([existsSync(own), processesOf(own)]).to.deep.equal([false, []]);
  });
});
