import { expect } from "chai";

import { faultOf } from "./fault-of.ts";
import { forgeries } from "./forgeries.ts";

describe("a forged proof", () => {
  for (const [code, ways] of Object.entries(forgeries)) {
    for (const [way, forge] of Object.entries(ways)) {
      it(`${code}: ${way}`, () => {
        expect(faultOf(forge)).to.equal(code);
      });
    }
  }
});
