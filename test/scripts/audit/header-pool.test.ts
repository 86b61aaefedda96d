import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { bytesToBase64 } from "../../../core/base64.ts";
import { header } from "../../core/proofs/sealed-chain.ts";

describe("workers that look at headers", () => {
  it("keep the process alive while they are at work, and no longer", async () => {
    const args = [join(import.meta.dirname, "look-at-headers.ts"), bytesToBase64(header({}).raw)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout.trim()).to.equal("192");
  });
});
