import { expect } from "chai";
import type { SeenHeader } from "../../core/verify/seen.ts";
import { createMemory } from "../../web/browser/memory.ts";
import { createSeenMemory } from "../../web/browser/seen-memory.ts";
import { storageWith } from "./storage.ts";

const headerAt = (blockNumber: number): SeenHeader => ({
  chainId: 1,
  blockNumber,
  blockHash: `0x${blockNumber.toString(16).padStart(64, "0")}`,
  block: { header: "AAAA", following: [], seal: null },
});
const statusOf = (blockNumber: number) => ({ leaf: headerAt(blockNumber).blockHash, version: 1, blockNumber });
const met = (blockNumber: number) => ({ header: headerAt(blockNumber), statuses: [statusOf(blockNumber)] });

describe("what a browser has met", () => {
  it("is there again after a visit, and not after it was forgotten", () => {
    const storage = storageWith();
    const seen = createSeenMemory(createMemory(() => storage));
    seen.meet(met(7));
    const again = createSeenMemory(createMemory(() => storage));
    expect(again.seen()).to.deep.equal({ headers: [headerAt(7)], statuses: [statusOf(7)] });
    again.forget();
    expect(again.seen()).to.deep.equal({ headers: [], statuses: [] });
    expect(storage.length).to.equal(0);
  });

  it("is bounded: the newest stay", () => {
    const seen = createSeenMemory(createMemory(() => storageWith()));
    for (let block = 1; block <= 400; block++) seen.meet(met(block));
    const { headers, statuses } = seen.seen();
    expect([headers.length, headers[0]?.blockNumber, headers.at(-1)?.blockNumber]).to.deep.equal([250, 151, 400]);
    expect(statuses).to.have.length(400);
  });

  it("gives way to the room that there is: the newest are kept", () => {
    const storage = storageWith(4000);
    const seen = createSeenMemory(createMemory(() => storage));
    for (let block = 1; block <= 100; block++) seen.meet(met(block));
    expect(seen.seen().headers).to.have.length(100);
    const { headers } = createSeenMemory(createMemory(() => storage)).seen();
    expect(headers.at(-1)).to.deep.equal(headerAt(100));
    expect(headers.length).to.be.within(1, 20);
  });

  for (const [name, text] of [
    ["no JSON", "{"],
    ["of another shape", '{"headers":[{}],"statuses":[]}'],
    ["a list", "[]"],
    ["with a number that is none", '{"headers":[],"statuses":[{"leaf":"0x00","version":1e400,"blockNumber":1}]}'],
  ] as const) {
    it(`is forgotten where what was kept is ${name}`, () => {
      const storage = storageWith();
      storage.setItem("hufu.seen.v1", text);
      expect(createSeenMemory(createMemory(() => storage)).seen()).to.deep.equal({ headers: [], statuses: [] });
    });
  }
});
