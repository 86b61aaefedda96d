import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Headers and proofs of real clients stand beside the project, not in it. */
const folder = process.env["HUFU_VECTORS"] ?? join(import.meta.dirname, "..", "..", "..", "..", "shared", "vectors");
/** Who says where they are, in a check that has to be whole, wants them read. */
const areRequired = Boolean(process.env["CI"] && process.env["HUFU_VECTORS"]);

/** Registers tests of the real file `name`; none where it is absent and nobody said where it is. */
export function withVector(name: string, register: (content: Buffer) => void): void {
  const path = join(folder, name);
  if (areRequired || existsSync(path)) register(readFileSync(path));
}
