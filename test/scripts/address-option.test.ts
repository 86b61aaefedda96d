import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";

const scripts = join(import.meta.dirname, "..", "..", "scripts");

describe("an address that a command refuses", function () {
  this.timeout(120_000);

  const wrong = [
    ["--rpc", "https://me:s3cret@node.example"],
    ["--rpc", "me:s3cret@node.example:8545"],
    ["--rpc", "https:me:s3cret@node.example"],
    ["--rcp=https://me:s3cret@node.example"],
  ];
  for (const command of ["audit", "doctor", "trust", "verify"])
    it(`is not repeated by ${command}, which says what is wrong with it`, () => {
      for (const given of wrong) {
        const { status, stdout, stderr } = spawnSync(process.execPath, [join(scripts, `${command}.ts`), ...given], {
          encoding: "utf8",
        });
        expect(status, given.join(" ")).to.equal(2);
        expect(stderr).to.match(/--rpc.*must be an|unknown option '--rcp=…'/);
        expect(stdout + stderr).not.to.include("s3cret");
      }
    });
});
