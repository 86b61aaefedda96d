import { expect } from "chai";
import type { Request } from "express";

import { preferredWait } from "../../../server/http/prefer.ts";

/** A request of which only the header is asked. */
const asking = (prefer: string | undefined): Request => ({ get: () => prefer }) as unknown as Request;

describe("preferredWait", () => {
  for (const [header, seconds] of [
    [undefined, null],
    ["", null],
    ["respond-async", null],
    ["wait=5", 5],
    ["respond-async, wait=5", 5],
    ["WAIT = 5", 5],
    ['wait="5"', 5],
    ["wait=5; foo=bar", 5],
    ["wait=0", 0],
    ["wait=3600", 60],
    ["wait=-1", null],
    ["wait=soon", null],
    ["await=5", null],
  ] as const) {
    it(`${header ?? "no header"}: ${String(seconds)}`, () => expect(preferredWait(asking(header))).to.equal(seconds));
  }
});
