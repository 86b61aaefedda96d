import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";

import { HufuError } from "../../../core/error.ts";
import { openStore } from "../../../server/store/open.ts";
import { withFolder } from "./folder.ts";

/** The code of the error that `promise` fails with; throws if it does not fail, or not with an error of ours. */
async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof HufuError) return error.code;
    throw error;
  }
  throw new Error("it did not fail");
}

describe("openStore", () => {
  it("creates a folder and finds what was written in it again", () =>
    withFolder(async (folder) => {
      const data = join(folder, "a", "b");
      const first = await openStore(data);
      await first.write((tx) => tx.insertInto("meta").values({ name: "chain", value: "{}" }).execute());
      await first.close();
      const second = await openStore(data);
      const rows = await second.db.selectFrom("meta").selectAll().orderBy("name").execute();
      await second.close();
      expect(rows.map((row) => ({ ...row }))).to.deep.equal([
        { name: "chain", value: "{}" },
        { name: "format", value: "1" },
      ]);
    }));

  it("refuses a second instance on the same folder", () =>
    withFolder(async (folder) => {
      const store = await openStore(folder);
      expect(await codeOf(openStore(folder))).to.equal("DATA_FOLDER_LOCKED");
      await store.close();
      await (await openStore(folder)).close();
    }));

  it("is free again after the process that held it was killed", () =>
    withFolder(async (folder) => {
      const open = new URL("../../../server/store/open.ts", import.meta.url).href;
      const script = `const { openStore } = await import(${JSON.stringify(open)});
        const store = await openStore(${JSON.stringify(folder)});
        await store.write((tx) => tx.insertInto("meta").values({ name: "written", value: "true" }).execute());
        console.log("open"); setInterval(() => {}, 1000);`;
      const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(child.stdout, "data");
      expect(await codeOf(openStore(folder))).to.equal("DATA_FOLDER_LOCKED");
      child.kill("SIGKILL");
      await once(child, "exit");
      const store = await openStore(folder);
      const row = await store.db.selectFrom("meta").select("value").where("name", "=", "written").executeTakeFirst();
      await store.close();
      expect(row?.value).to.equal("true");
    })).timeout(20_000);

  it("refuses a folder of another version and leaves it as it is", () =>
    withFolder(async (folder) => {
      await (await openStore(folder)).close();
      const database = new DatabaseSync(join(folder, "hufu.db"));
      database.exec("UPDATE meta SET value = '2' WHERE name = 'format'");
      database.close();
      expect(await codeOf(openStore(folder))).to.equal("DATA_FOLDER_VERSION");
      expect(await codeOf(openStore(folder)), "the lock was given back").to.equal("DATA_FOLDER_VERSION");
    }));

  it("refuses a database that is not Hufu's", () =>
    withFolder(async (folder) => {
      const database = new DatabaseSync(join(folder, "hufu.db"));
      database.exec("CREATE TABLE other (a)");
      database.close();
      expect(await codeOf(openStore(folder))).to.equal("DATA_FOLDER_VERSION");
    }));

  it("refuses a folder that it cannot write to", () =>
    withFolder(async (folder) => {
      writeFileSync(join(folder, "file"), "");
      expect(await codeOf(openStore(join(folder, "file")))).to.equal("DATA_FOLDER_UNWRITABLE");
      const locked = join(folder, "locked");
      mkdirSync(join(locked, "instance.lock"), { recursive: true });
      expect(await codeOf(openStore(locked)), "the lock cannot be made").to.equal("DATA_FOLDER_UNWRITABLE");
      chmodSync(locked, 0o500);
      if (process.getuid?.() !== 0) expect(await codeOf(openStore(locked))).to.equal("DATA_FOLDER_UNWRITABLE");
      chmodSync(locked, 0o700);
    }));

  it("lets nobody else read what it holds, whoever made the folder", () =>
    withFolder(async (folder) => {
      chmodSync(folder, 0o755);
      const store = await openStore(folder);
      await store.write((tx) => tx.insertInto("meta").values({ name: "written", value: "1" }).execute());
      for (const name of ["hufu.db", "hufu.db-wal", "hufu.db-shm"])
        expect(statSync(join(folder, name)).mode & 0o077, name).to.equal(0);
      await store.close();
    }));

  it("reads through a connection that refuses writes", () =>
    withFolder(async (folder) => {
      const store = await openStore(folder);
      let refused = false;
      try {
        await store.db.deleteFrom("meta").execute();
      } catch {
        refused = true;
      }
      await store.close();
      expect(refused).to.equal(true);
    }));

  it("keeps the access log append-only", () =>
    withFolder(async (folder) => {
      const store = await openStore(folder);
      const row = { at: 1, agency: null, key_id: null, action: "record.read", digest: null, outcome: "200" };
      await store.write((tx) => tx.insertInto("access_log").values(row).execute());
      for (const change of ["DELETE FROM access_log", "UPDATE access_log SET outcome = 'x'"]) {
        const database = new DatabaseSync(join(folder, "hufu.db"));
        expect(() => database.exec(change)).to.throw("append-only");
        database.close();
      }
      await store.close();
    }));
});
