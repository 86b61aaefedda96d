import { expect } from "chai";

import { HufuError, type ErrorCode } from "../../../core/error.ts";
import { problemKinds, problemOf } from "../../../server/http/problem.ts";

describe("problemOf", () => {
  it("tells a fault of ours by its code alone, whatever was thrown", () => {
    const ours = Object.keys(problemKinds).filter((code) => problemKinds[code as ErrorCode].status === 500);
    expect(ours).to.include.members([
      "INVARIANT",
      "DATA_FOLDER_LOCKED",
      "INVALID_CONFIGURATION",
      "KEYSTORE_UNREADABLE",
    ]);
    const faults = [{ code: "SYNTAX", pointer: "/inner", message: "inner" }] as const;
    for (const code of ours) {
      const text = JSON.stringify(problemOf(new HufuError(code as ErrorCode, "an inner reason", { faults })));
      expect(text).to.include(`"code":"${code}"`);
      expect(text).not.to.include("inner");
    }
    for (const thrown of [new Error("an inner reason"), "an inner reason", undefined])
      expect(problemOf(thrown)).to.include({ code: "INVARIANT", status: 500 }).and.not.to.have.property("faults");
  });

  it("tells the caller's faults with their pointers", () => {
    const faults = [{ code: "TOO_LONG", pointer: "/content/remark", message: "is too long" }] as const;
    expect(problemOf(new HufuError("INVALID_RECORD", "no", { faults }), "urn:uuid:1")).to.deep.equal({
      type: "https://hufu.example/problems/invalid-record",
      title: "The record has faults",
      status: 422,
      code: "INVALID_RECORD",
      detail: "no",
      faults,
      instance: "urn:uuid:1",
    });
  });

  it("a chain that does not answer is no fault of the caller's, and passes", () => {
    for (const code of ["NODE_UNREACHABLE", "NODE_REFUSED", "NODE_ANSWER", "NODE_MOVED", "CHAIN_FAILED"] as const)
      expect(problemOf(new HufuError(code, "no")).status).to.equal(503);
  });
});
