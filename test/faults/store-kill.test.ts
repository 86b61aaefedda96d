import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "chai";

import { openStore } from "../../server/store/open.ts";
import { withFolder } from "../server/store/folder.ts";

/** Writes without pause, eight jobs at once, and prints the name of each that it was told is durable. */
const writerOf = (folder: string): string => `
  const { openStore } = await import(${JSON.stringify(new URL("../../server/store/open.ts", import.meta.url).href)});
  const store = await openStore(${JSON.stringify(folder)});
  async function write(lane) {
    for (let i = 0; ; i++) {
      const name = lane + "-" + i;
      await store.write((tx) => tx.insertInto("meta").values({ name, value: "1" }).execute());
      process.stdout.write(name + "\\n");
    }
  }
  await Promise.all(Array.from("abcdefgh", write));`;

describe("kill -9 while the store writes", () => {
  for (const milliseconds of [30, 80, 150]) {
    it(`after ${String(milliseconds)} ms: what was called durable is there, and the folder opens`, () =>
      withFolder(async (folder) => {
        const child = spawn(process.execPath, ["--input-type=module", "-e", writerOf(folder)], {
          stdio: ["ignore", "pipe", "inherit"],
        });
        let output = "";
        child.stdout.on("data", (data) => (output += String(data)));
        await once(child.stdout, "data");
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        child.kill("SIGKILL");
        await once(child, "close");
        const promised = output.slice(0, output.lastIndexOf("\n")).split("\n");
        const store = await openStore(folder);
        const rows = await store.db.selectFrom("meta").select("name").execute();
        await store.close();
        expect(promised.length).to.be.at.least(8);
        expect(rows.map(({ name }) => name)).to.include.members(promised);
      })).timeout(20_000);
  }
});
