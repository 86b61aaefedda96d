import { expect } from "chai";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { HufuError } from "../../../core/error.ts";
import { createDumps, type Dumps } from "../../../server/chain/dumps.ts";
import { replaceFile } from "../../../server/chain/replace-file.ts";
import { withFolder } from "../store/folder.ts";

interface Bench {
  dumps: Dumps;
  path(name: string): string;
  read(name: string): string;
  /** Takes a dump of a node that answers these pieces, one after the other. */
  take(...pieces: string[]): Promise<void>;
}

function withDumps(work: (bench: Bench) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    let pieces: readonly string[] = [];
    const server = createServer((_request, response) => {
      for (const piece of pieces) response.write(piece);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
    const dumps = createDumps(folder);
    const path = (name: string): string => join(folder, name);
    await work({
      ...{ dumps, path },
      read: (name) => readFileSync(path(name), "utf8"),
      take: (...given) => ((pieces = given), dumps.take(url)),
    });
    server.closeAllConnections();
    server.close();
  });
}

const answerWith = (state: string): string =>
  `{"jsonrpc":"2.0","id":1,"result":"0x${gzipSync(state).toString("hex")}"}`;
const codeOf = (error: unknown): string => (error instanceof HufuError ? error.code : "no error");

describe("saved states of the chain", () => {
  it("are the newest and the one before, for their owner alone", () =>
    withDumps(async ({ dumps, read, path, take }) => {
      expect(dumps.candidates()).to.deep.equal([]);
      await take(answerWith("one"));
      expect(dumps.candidates()).to.deep.equal([path("state.json")]);
      await take(answerWith("two"));
      await take(answerWith("three"));
      expect(dumps.candidates()).to.deep.equal([path("state.json"), path("state.previous.json")]);
      expect([read("state.json"), read("state.previous.json")]).to.deep.equal(["three", "two"]);
      for (const file of dumps.candidates()) expect(statSync(file).mode & 0o777).to.equal(0o600);
    }));

  it("are read out of an answer in pieces, wherever it is cut", () =>
    withDumps(async ({ read, take }) => {
      const whole = answerWith("a state ".repeat(50));
      await take(...whole);
      expect(read("state.json")).to.equal("a state ".repeat(50));
      await take(whole.slice(0, 45), whole.slice(45));
      expect(read("state.json")).to.equal("a state ".repeat(50));
    }));

  it("stay as they are when the node answers no state, or half of one", () =>
    withDumps(async ({ dumps, read, take }) => {
      await take(answerWith("one"));
      const whole = answerWith("two");
      const wrong = ["", '{"jsonrpc":"2.0","id":1,"error":{"code":-1}}', whole.slice(0, -10), '{"result":"0xabcd"}'];
      for (const answer of wrong) {
        const error: unknown = await take(answer).catch((error: unknown) => error);
        expect(codeOf(error), answer).to.equal("CHAIN_FAILED");
      }
      expect(read("state.json")).to.equal("one");
      expect(dumps.candidates()).to.have.length(1);
      expect(codeOf(await dumps.take("http://127.0.0.1:1").catch((error: unknown) => error))).to.equal("CHAIN_FAILED");
    }));

  it("are put out of the way, not deleted, when they would not load", () =>
    withDumps(async ({ dumps, read, path, take }) => {
      await take(answerWith("one"));
      await dumps.reject(path("state.json"));
      expect(dumps.candidates()).to.deep.equal([]);
      expect(read("state.json.unreadable")).to.equal("one");
    }));
});

describe("a file that is replaced", () => {
  it("is whole and for its owner alone, whatever a crash left beside it", () =>
    withFolder((folder) => {
      const file = join(folder, "file");
      writeFileSync(`${file}.new`, "half of something much longer", { mode: 0o644 });
      replaceFile(file, "one");
      expect(readFileSync(file, "utf8")).to.equal("one");
      expect(statSync(file).mode & 0o777).to.equal(0o600);
      expect(existsSync(`${file}.new`)).to.equal(false);
      return Promise.resolve();
    }));
});
