import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { runToEnd } from "../../../scripts/demo/run-to-end.ts";

/** A run with a folder and a child that would live for ever: `long-run.ts FOLDER waits|dawdles|blocks`. */
const [folder = "", how] = process.argv.slice(2);

await runToEnd(
  async (run) => {
    mkdirSync(folder);
    run.atEnd(() => rmSync(folder, { recursive: true }));
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", folder], {
      detached: true,
      stdio: "ignore",
    });
    run.atEnd(async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    });
    if (how === "blocks") {
      console.log("blocking");
      spawnSync("sleep", ["3"]);
      throw new Error("what was waited for has failed");
    }
    if (how === "dawdles") run.atEnd(() => sleep(1_500));
    console.log("waiting");
    await Promise.race([once(run.signal, "abort"), sleep(60_000)]);
    try {
      run.atEnd(() => undefined);
      console.log("begun");
    } catch {
      console.log("refused");
    }
    await sleep(60_000);
  },
  (sentence) => console.error(sentence),
);
