import { join } from "node:path";
import { expect } from "chai";

import { HufuError } from "../../../core/error.ts";
import { migrate } from "../../../server/store/migrate.ts";
import { connect, type Connection } from "../../../server/store/sqlite.ts";
import { createWriter, type Writer } from "../../../server/store/writer.ts";
import { withFolder } from "./folder.ts";

/** A writer on a new file; `log` has every statement that bounds a transaction, `fail` makes the next one that matches throw. */
interface Bench {
  writer: Writer;
  log: string[];
  fail(sql: string, errcode: number): void;
  names(): Promise<string[]>;
}

async function withWriter(work: (bench: Bench) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const file = join(folder, "hufu.db");
    const writing = connect(file, { busyTimeout: 0, readOnly: false });
    await migrate(writing);
    const reading = connect(file, { busyTimeout: 0, readOnly: true });
    const log: string[] = [];
    let failing: { sql: string; errcode: number } | null = null;
    const watched: Connection = {
      ...writing,
      run(sql) {
        log.push(sql);
        if (failing?.sql === sql) {
          const { errcode } = failing;
          failing = null;
          throw Object.assign(new Error("disk"), { errcode });
        }
        writing.run(sql);
      },
    };
    const writer = createWriter(watched);
    await work({
      writer,
      log,
      fail: (sql, errcode) => (failing = { sql, errcode }),
      async names() {
        const rows = await reading.kysely.selectFrom("meta").select("name").where("name", "!=", "format").execute();
        return rows.map(({ name }) => name).sort();
      },
    });
    await writer.close();
    reading.close();
    writing.close();
  });
}

function put(writer: Writer, name: string): Promise<string> {
  return writer.write(async (tx) => {
    await tx.insertInto("meta").values({ name, value: "1" }).execute();
    return name;
  });
}

async function outcome(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    return error instanceof HufuError ? error.code : error;
  }
}

describe("writer", () => {
  it("commits what arrived together in one transaction, before it answers", () =>
    withWriter(async ({ writer, log, names }) => {
      const seenAtAnswer: string[][] = [];
      await Promise.all(
        ["a", "b", "c"].map(async (name) => (await put(writer, name), seenAtAnswer.push(await names()))),
      );
      expect(seenAtAnswer).to.deep.equal([1, 2, 3].map(() => ["a", "b", "c"]));
      expect(log.filter((sql) => sql === "COMMIT")).to.have.length(1);
    }));

  it("takes back a failing job alone", () =>
    withWriter(async ({ writer, names }) => {
      const failing = writer.write(async (tx) => {
        await tx.insertInto("meta").values({ name: "b", value: "1" }).execute();
        throw new HufuError("RECORD_CONFLICT", "no");
      });
      const outcomes = await Promise.all([outcome(put(writer, "a")), outcome(failing), outcome(put(writer, "c"))]);
      expect(outcomes).to.deep.equal(["a", "RECORD_CONFLICT", "c"]);
      expect(await names()).to.deep.equal(["a", "c"]);
    }));

  it("a job sees what the jobs before it wrote, and its own", () =>
    withWriter(async ({ writer }) => {
      const count = (): Promise<number> =>
        writer.write(async (tx) => (await tx.selectFrom("meta").select("name").execute()).length);
      const [, two] = await Promise.all([put(writer, "a"), count()]);
      expect(two).to.equal(2);
    }));

  it("tells every caller if the commit failed, and goes on if it was not the disk", () =>
    withWriter(async ({ writer, fail, names }) => {
      const SQLITE_FULL = 13;
      fail("COMMIT", SQLITE_FULL);
      expect(await Promise.all([outcome(put(writer, "a")), outcome(put(writer, "b"))])).to.deep.equal([
        "STORE_FAILED",
        "STORE_FAILED",
      ]);
      expect(await names()).to.deep.equal([]);
      expect(await outcome(put(writer, "c"))).to.equal("c");
    }));

  it("refuses to go on after the disk failed", () =>
    withWriter(async ({ writer, fail }) => {
      const SQLITE_IOERR_FSYNC = 1034;
      fail("COMMIT", SQLITE_IOERR_FSYNC);
      expect(await outcome(put(writer, "a"))).to.equal("STORE_FAILED");
      expect(await outcome(put(writer, "b"))).to.equal("STORE_FAILED");
    }));

  it("close finishes what was queued and refuses what comes", () =>
    withWriter(async ({ writer, names }) => {
      const queued = put(writer, "a");
      const closed = writer.close();
      expect(await outcome(put(writer, "b"))).to.equal("STORE_FAILED");
      await closed;
      expect(await queued).to.equal("a");
      expect(await names()).to.deep.equal(["a"]);
    }));
});
