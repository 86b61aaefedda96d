import { expect } from "chai";

import { rejectionOf } from "../../../server/anchoring/rejection.ts";
import { loadContracts } from "../../../server/chain/ledger-contracts.ts";
import type { Hex } from "../../../core/bytes.ts";

const contracts = loadContracts();
const root: Hex = `0x${"ab".repeat(32)}`;
const encode = (name: string, ...args: unknown[]): Hex =>
  contracts.ledger.interface.encodeErrorResult(name, args) as Hex; // as: ethers writes 0x and digits
const codeAndCure = (data: Hex | null, message = "execution reverted"): string[] => {
  const { code, cure } = rejectionOf({ code: 3, message, data }, contracts);
  return [code, cure];
};

describe("what the chain says to an order", () => {
  it("is the contract's error with its values", () => {
    const failure = { code: 3, message: "execution reverted", data: encode("LedgerDuplicateRoot", root) };
    expect(rejectionOf(failure, contracts)).to.deep.equal({
      code: "LedgerDuplicateRoot",
      sentence: `The contract said LedgerDuplicateRoot(${root}).`,
      cure: "there",
    });
  });

  it("is tried again where time or another's write was the reason, refused where none can help", () => {
    expect(codeAndCure(encode("LedgerDeadlinePassed", 1, 2))).to.deep.equal(["LedgerDeadlinePassed", "again"]);
    expect(codeAndCure(encode("LedgerVersionMismatch", root, 1, 2))).to.deep.equal(["LedgerVersionMismatch", "again"]);
    expect(codeAndCure(encode("LedgerTerminalStatus", root, 5))).to.deep.equal(["LedgerTerminalStatus", "never"]);
  });

  it("waits for help with an error of another contract, or of none", () => {
    const agency = `0x${"41".repeat(18)}`;
    const foreign = contracts.agencies.interface.encodeErrorResult("AgenciesNotEnrolled", [agency]) as Hex; // as above
    expect(codeAndCure(foreign)).to.deep.equal(["AgenciesNotEnrolled", "help"]);
    expect(codeAndCure("0xdeadbeef")).to.deep.equal(["REVERTED", "help"]);
    expect(codeAndCure(null, "header not found")).to.deep.equal(["NODE_REFUSED", "help"]);
  });

  it("is too large in the words of geth, Besu and anvil, for its bytes or its gas", () => {
    for (const message of [
      "oversized data: transaction size 131265, limit 131072",
      "exceeds block gas limit",
      "Transaction gas limit exceeds block gas limit",
      "transaction gas limit too high (cap: 16777216, tx: 18600000)",
      "intrinsic gas too high -- tx.gas_limit > env.block.gas_limit",
    ])
      expect(codeAndCure(null, message), message).to.deep.equal(["TRANSACTION_TOO_LARGE", "help"]);
  });

  it("is never an error of our own, however little the node sends", () => {
    const whole = encode("LedgerDuplicateRoot", root);
    for (const data of ["0x", "0x12", whole.slice(0, 10), whole.slice(0, 40)] as Hex[])
      // as: cut at whole bytes
      expect(codeAndCure(data)).to.deep.equal(["REVERTED", "help"]);
  });
});
