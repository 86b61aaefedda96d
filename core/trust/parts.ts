import * as read from "../certificate/read.ts";
import { refused, type Reader } from "../certificate/read.ts";
import type { JsonObject } from "../json/parse.ts";
import { isObject } from "../json/shape.ts";
import type { Consensus } from "../proofs/consensus.ts";

const epoch = read.integer(1, Number.MAX_SAFE_INTEGER);

/** Any object of JSON: how deep it is was bounded when it was read. */
export const jsonObject: Reader<JsonObject> = (value, pointer, faults) => {
  if (isObject(value)) return value;
  faults.push({ code: "WRONG_TYPE", pointer, message: "must be an object" });
  return refused;
};

/** What a page can link to and a person can open: nothing that a browser would run. */
export const webAddress: Reader<string> = (value, pointer, faults) => {
  if (typeof value === "string" && value.length <= 400 && /^https:\/\/[!-~]+$/.test(value)) return value;
  faults.push({ code: "INVALID_VALUE", pointer, message: "must be an https address of at most 400 characters" });
  return refused;
};

const byType: Readonly<Record<Consensus["type"], Reader<Consensus>>> = {
  qbft: read.object({ type: read.literal("qbft"), epoch }),
  clique: read.object({ type: read.literal("clique"), epoch, period: read.integer(0, Number.MAX_SAFE_INTEGER) }),
  development: read.object({ type: read.literal("development"), sealer: read.address }),
};

/** The members that its type has, and no others. */
export const consensus: Reader<Consensus> = (value, pointer, faults) => {
  const given = isObject(value) ? value["type"] : undefined;
  const type = read.literal("qbft", "clique", "development")(given, `${pointer}/type`, faults);
  return type === refused ? refused : byType[type](value, pointer, faults);
};
