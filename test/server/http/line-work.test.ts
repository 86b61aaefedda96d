import { expect } from "chai";

import { workOnLines } from "../../../server/http/line-work.ts";
import type { LineChunk } from "../../../server/http/lines.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);

/** Work that ends when it is told to; `started` has the first line's number of each chunk. */
function heldWork() {
  const ends: (() => void)[] = [];
  const started: number[] = [];
  return {
    started,
    endNext: () => ends.shift()?.(),
    work: (chunk: LineChunk) =>
      new Promise<string>((resolve) => {
        started.push(chunk.lines[0]?.number ?? 0);
        ends.push(() => resolve(`${chunk.lines.map(({ number }) => number).join(" ")};`));
      }),
  };
}

const finish = (_chunk: LineChunk, prepared: string): Promise<string> => Promise.resolve(prepared);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("workOnLines", () => {
  it("finishes and emits in the order of the lines, whatever is prepared first", async () => {
    const finished: string[] = [];
    const results: string[] = [];
    const ends: (() => void)[] = [];
    async function* body(): AsyncGenerator<Uint8Array> {
      for (const text of ["a\n", "b\n", "c\n"]) yield Promise.resolve(bytes(text));
    }
    const done = workOnLines(body(), {
      maxLineBytes: 10,
      width: 3,
      prepare: ({ lines }) => new Promise<string>((resolve) => ends.push(() => resolve(String(lines[0]?.number)))),
      finish: (_chunk, prepared) => (finished.push(prepared), Promise.resolve(prepared)),
      emit: (result) => (results.push(result), Promise.resolve(true)),
    });
    await turn();
    ends[2]?.();
    ends[1]?.();
    await turn();
    expect(finished, "what is stored is stored in the lines' order").to.deep.equal([]);
    ends[0]?.();
    expect(await done).to.equal(true);
    expect(finished).to.deep.equal(["1", "2", "3"]);
    expect(results).to.deep.equal(["1", "2", "3"]);
  });

  it("gathers what comes while all places are taken, and stops reading once a chunk is full", async () => {
    let read = 0;
    async function* body(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 20; i++) {
        read += 1;
        yield Promise.resolve(bytes("x\n".repeat(100)));
      }
    }
    const held = heldWork();
    const results: string[] = [];
    const options = {
      maxLineBytes: 10,
      width: 1,
      prepare: held.work,
      finish,
      emit: (text: string) => (results.push(text), Promise.resolve(true)),
    };
    const done = workOnLines(body(), options);
    for (let i = 0; i < 50; i++) await turn();
    expect(held.started).to.deep.equal([1]);
    expect(read, "one piece is worked on, ten fill a chunk").to.equal(11);
    const next = setInterval(held.endNext, 1);
    expect(await done).to.equal(true);
    clearInterval(next);
    expect(held.started.slice(0, 2)).to.deep.equal([1, 101]);
    expect(results.join("").split(/[ ;]/).filter(Boolean)).to.deep.equal(
      Array.from({ length: 2_000 }, (_, i) => String(i + 1)),
    );
  });

  it("emits nothing more once nobody listens", async () => {
    let emitted = 0;
    async function* body(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 5; i++) yield Promise.resolve(bytes("x\n"));
    }
    const emit = (): Promise<boolean> => ((emitted += 1), Promise.resolve(false));
    expect(
      await workOnLines(body(), { maxLineBytes: 10, width: 1, prepare: () => Promise.resolve(""), finish, emit }),
    ).to.equal(false);
    expect(emitted).to.equal(1);
  });

  it("fails with what the work or the stream failed with", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Promise.resolve(bytes("x\n"));
      throw new Error("the stream");
    }
    const emit = (): Promise<boolean> => Promise.resolve(true);
    const outcome = (body: AsyncIterable<Uint8Array>, work: () => Promise<string>): Promise<unknown> =>
      workOnLines(body, { maxLineBytes: 10, width: 1, prepare: work, finish, emit }).catch((error: unknown) =>
        String(error),
      );
    async function* fine(): AsyncGenerator<Uint8Array> {
      yield Promise.resolve(bytes("x\n"));
    }
    expect(await outcome(broken(), () => Promise.resolve(""))).to.equal("Error: the stream");
    expect(await outcome(fine(), () => Promise.reject(new Error("the work")))).to.equal("Error: the work");
  });
});
