import { expect } from "chai";

import { withEnding } from "../../../scripts/network/votes.ts";

const works = (): Promise<void> => Promise.resolve();
const fails = (why: string) => (): Promise<void> => Promise.reject(new Error(why));

/** The message of what was thrown, null: nothing was; and which of three endings were done. */
async function ending(work: () => Promise<void>, ...endings: (() => Promise<void>)[]) {
  const done: number[] = [];
  const counted = endings.map((end, index) => () => {
    done.push(index);
    return end();
  });
  const thrown: unknown = await withEnding(work, counted).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : error),
  );
  return { thrown, done };
}

describe("what is forgotten after a vote", () => {
  it("is forgotten by all, though one of them cannot", async () => {
    expect(await ending(works, works, works, works)).to.deep.equal({ thrown: null, done: [0, 1, 2] });
    expect(await ending(works, works, fails("silent"), works)).to.deep.equal({ thrown: "silent", done: [0, 1, 2] });
  });

  it("does not hide why the vote failed", async () => {
    const refused = fails("the vote");
    expect(await ending(refused, works, works, works)).to.deep.equal({ thrown: "the vote", done: [0, 1, 2] });
    expect(await ending(refused, fails("silent"), works)).to.deep.equal({ thrown: "the vote", done: [0, 1] });
  });
});
