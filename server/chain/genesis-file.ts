import { readFileSync } from "node:fs";

import { HufuError } from "../../core/error.ts";
import { parseJson, type JsonObject } from "../../core/json/parse.ts";
import { isObject } from "../../core/json/shape.ts";

/** The `config` of a genesis file; a file that is only that counts too. Throws INVALID_REQUEST. */
export function configIn(file: string, value: JsonObject): JsonObject {
  const config = value["config"] ?? (Object.hasOwn(value, "chainId") ? value : null);
  if (isObject(config)) return config;
  throw new HufuError("INVALID_REQUEST", `${file} is no genesis file: it has no "config".`);
}

/** Reads the `config` of a genesis file that an operator named. Throws INVALID_CONFIGURATION. */
export function readGenesisConfig(file: string): JsonObject {
  try {
    const value = parseJson(readFileSync(file, "utf8"));
    if (isObject(value)) return configIn(file, value);
  } catch (cause) {
    throw new HufuError("INVALID_CONFIGURATION", `HUFU_GENESIS: ${file} cannot be read as a genesis file.`, { cause });
  }
  throw new HufuError("INVALID_CONFIGURATION", `HUFU_GENESIS: ${file} is no genesis file.`);
}
