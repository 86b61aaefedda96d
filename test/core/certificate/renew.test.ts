import { expect } from "chai";

import { parseRenewal } from "../../../core/certificate/renew.ts";
import { HufuError } from "../../../core/error.ts";

function faultsOf(value: unknown): string[] {
  try {
    parseRenewal(value);
    return [];
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    return [error.code, ...error.faults.map(({ code, pointer }) => `${code} ${pointer}`)];
  }
}

const hash = `0x${"ab".repeat(32)}`;
const slot = { value: hash, nodes: [0] };
const renewal = {
  links: [],
  proof: {
    block: { header: "wA==", following: [], seal: null },
    nodes: ["wA=="],
    account: { nonce: 1, balance: "0x0", storageRoot: hash, codeHash: hash, nodes: [0] },
    slots: [{ batch: slot, status: slot }],
  },
  evidence: { transaction: null, blockNumber: 1, blockHash: hash, signature: null },
};

describe("a renewal", () => {
  it("is read as it is written", () => {
    expect(parseRenewal(renewal)).to.deep.equal(renewal);
  });

  it("INVALID_CERTIFICATE: what is missing, what is too much, what is no part of it", () => {
    expect(faultsOf({})).to.deep.equal([
      "INVALID_CERTIFICATE",
      ...["/links", "/proof", "/evidence"].map((pointer) => `MISSING_FIELD ${pointer}`),
    ]);
    expect(faultsOf({ ...renewal, record: {} })).to.deep.equal(["INVALID_CERTIFICATE", "UNKNOWN_FIELD /record"]);
    const { proof } = renewal;
    const nodes = proof.nodes.map(() => "not base64");
    expect(faultsOf({ ...renewal, proof: { ...proof, nodes } })).to.deep.equal([
      "INVALID_CERTIFICATE",
      "INVALID_BASE64 /proof/nodes/0",
    ]);
    const slots = Array.from({ length: 18 }, () => proof.slots[0]);
    expect(faultsOf({ ...renewal, proof: { ...proof, slots } })).to.deep.equal([
      "INVALID_CERTIFICATE",
      "TOO_LONG /proof/slots",
    ]);
  });
});
