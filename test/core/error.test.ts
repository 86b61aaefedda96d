import { expect } from "chai";
import { faultsError, HufuError, pointerTo } from "../../core/error.ts";

describe("an error", () => {
  it("has a code, a sentence, faults and a cause", () => {
    const cause = new Error("disk full");
    const error = new HufuError("STORE_FAILED", "The store could not write.", { cause });
    expect(error).to.be.instanceOf(Error);
    expect(error).to.include({ name: "HufuError", code: "STORE_FAILED", message: "The store could not write.", cause });
    expect(error.faults).to.deep.equal([]);
    expect(new HufuError("INVARIANT", "x")).to.not.have.own.property("cause");
  });

  it("of faults says the first with its place, and how many more there are", () => {
    const faults = ["/a", "/b"].map((pointer) => ({ code: "WRONG_TYPE", pointer, message: "must be a list" }) as const);
    const error = faultsError("INVALID_RECORD", faults);
    expect(error.message).to.equal("/a: must be a list (and 1 more)");
    expect(error.faults).to.equal(faults);
    expect(faultsError("INVALID_RECORD", [{ ...faults[0]!, pointer: "" }]).message).to.equal("must be a list");
  });

  it("points by RFC 6901", () => {
    expect(pointerTo(pointerTo("", "parties"), 2)).to.equal("/parties/2");
    expect(pointerTo("", "a/b~c")).to.equal("/a~1b~0c");
    expect(pointerTo("/x", "")).to.equal("/x/");
  });
});
