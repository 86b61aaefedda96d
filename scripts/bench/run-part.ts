import { writeFileSync } from "node:fs";
import { parts } from "./parts.ts";

/** One part in a process of its own: `run-part.ts NAME FILE` writes its rows to FILE. */
const [name, file = ""] = process.argv.slice(2);
const part = parts.find((candidate) => candidate.name === name);
if (part === undefined) throw new Error(`there is no part ${String(name)}`);
writeFileSync(file, JSON.stringify(await part.run()));
// The EVM of a part may keep the process alive, although all is done.
process.exit(0);
