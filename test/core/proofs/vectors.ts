import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Headers and proofs of real clients stand beside the project, not in it: whoever has them says where. */
const folder = process.env["HUFU_VECTORS"];
if (!folder) console.error("real headers of other projects are not tested: set HUFU_VECTORS");

/** Registers tests of the real file `name`; none where nobody said where it is. A file that is not there fails. */
export function withVector(name: string, register: (content: Buffer) => void): void {
  if (folder) register(readFileSync(join(folder, name)));
}
