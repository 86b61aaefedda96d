import { expect } from "chai";
import { createHash, randomBytes } from "node:crypto";
import { fingerprint } from "../../web/browser/fingerprint.ts";

const chunk = 4 * 1024 * 1024;

describe("fingerprint", () => {
  it("is SHA-256, as published for abc", async () => {
    expect(await fingerprint(new Blob(["abc"]), () => undefined)).to.equal(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  for (const size of [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk + 7]) {
    it(`agrees with another implementation at ${String(size)} bytes, and ends at 100 %`, async () => {
      const bytes = randomBytes(size);
      const seen: number[] = [];
      const found = await fingerprint(new Blob([bytes]), (percent) => seen.push(percent));
      expect(found).to.equal(createHash("sha256").update(bytes).digest("hex"));
      expect(seen).to.deep.equal([...seen].sort((a, b) => a - b));
      expect(seen.at(-1)).to.equal(size === 0 ? undefined : 100);
    });
  }
});
