import { expect } from "chai";

import { HufuError } from "../../core/error.ts";
import { readArguments } from "../../server/arguments.ts";

describe("the command line of npm start", () => {
  const silent = (): void => undefined;

  it("sets the same as the environment", () => {
    expect(readArguments([], silent)).to.deep.equal({});
    expect(readArguments(["--rpc", "http://127.0.0.1:8545"], silent)).to.deep.equal({
      HUFU_RPC: "http://127.0.0.1:8545",
    });
  });

  it("gives help, and then there is nothing to run", () => {
    let text = "";
    expect(readArguments(["--help"], (part) => (text += part))).to.equal(null);
    expect(text).to.include("--rpc <url>");
  });

  it("refuses what it does not know", () => {
    for (const argv of [["--rcp", "http://x"], ["--rpc"], ["start"]])
      expect(() => readArguments(argv, silent), argv.join(" "))
        .to.throw(HufuError)
        .with.property("code", "INVALID_CONFIGURATION");
  });
});
