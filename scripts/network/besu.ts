import type { Options } from "./options.ts";

export function runBesu(_options: Options): number {
  return 0;
}
