import { expect } from "chai";

import { HufuError } from "../../../core/error.ts";
import { proofError, proofFaultOf } from "../../../core/proofs/fault.ts";

describe("a fault of a proof", () => {
  it("is INVALID_PROOF with one fault that has no place", () => {
    const error = proofError("SEALS_TOO_FEW", "two sealed", { signers: 2 });
    expect(error).to.be.instanceOf(HufuError).and.include({ code: "INVALID_PROOF", message: "two sealed" });
    const fault = { code: "SEALS_TOO_FEW", pointer: "", message: "two sealed", params: { signers: 2 } };
    expect(error.faults).to.deep.equal([fault]);
    expect(proofFaultOf(error)).to.deep.equal({ code: fault.code, message: fault.message, params: fault.params });
    expect(proofFaultOf(proofError("CHAIN_BROKEN", "x")).params).to.deep.equal({});
  });

  it("is nothing else", () => {
    for (const other of [new Error("x"), new HufuError("INVARIANT", "x"), "text", undefined]) {
      let thrown: unknown = "nothing";
      try {
        proofFaultOf(other);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).to.equal(other);
    }
  });
});
