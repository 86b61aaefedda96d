import { expect } from "chai";

import { agencyName } from "../../../core/trust/agency-name.ts";
import { publishTrust } from "../../../core/trust/bundle.ts";
import { agencies, developmentFacts } from "./sample.ts";

describe("an agency's name", () => {
  it("is the bundle's for its code, and nobody's where the bundle does not know it or there is none", () => {
    const bundle = publishTrust(developmentFacts());
    for (const { uscc, name } of agencies) expect(agencyName(bundle, uscc)).to.equal(name);
    expect(agencyName(bundle, "11440310XX0001999X")).to.equal(null);
    expect(agencyName(undefined, agencies[0]!.uscc)).to.equal(null);
  });
});
