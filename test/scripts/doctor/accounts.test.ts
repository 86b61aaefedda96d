import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { examineFunds } from "../../../scripts/doctor/accounts.ts";
import { openAccounts, type Accounts } from "../../../server/chain/accounts.ts";
import { toQuantity } from "../../../server/chain/quantity.ts";
import { growingChain, qbftBlocks } from "../../core/trust/qbft-blocks.ts";
import { codesOf, findingOf, seen } from "./pretended.ts";

describe("the doctor on the accounts that write", () => {
  const data = mkdtempSync(join(tmpdir(), "hufu-doctor-"));
  const batch = 750_000n;
  let accounts: Accounts;
  before(() => (accounts = openAccounts({ data, password: "a password of a test", scryptN: 2 })));
  after(() => rmSync(data, { recursive: true, force: true }));

  /** On a chain that asks `price` wei, or what the operator set, and where each account owns `balance`. */
  async function look(price: bigint, balance: bigint, configured: bigint | null = null) {
    const answers = { eth_gasPrice: toQuantity(price), eth_getBalance: toQuantity(balance) };
    const node = await seen(qbftBlocks(growingChain), { answers });
    return examineFunds({ ...node, head: { ...node.head, baseFee: null } }, accounts, configured);
  }

  it("need nothing where nothing is asked", async () => {
    expect(codesOf(await look(0n, 0n))).to.deep.equal(["GAS_FREE"]);
    expect(codesOf(await look(5n, 0n, 0n))).to.deep.equal(["GAS_FREE"]);
  });

  it("have enough, little, or too little for a single batch", async () => {
    expect(findingOf(await look(5n, 5n * batch * 10_000n), "ACCOUNTS_FUNDED").params).to.deep.equal({ accounts: 5 });
    const low = await look(5n, 5n * batch * 10_000n - 1n);
    expect(codesOf(low)).to.deep.equal(Array.from({ length: 5 }, () => "ACCOUNT_LOW"));
    expect(low[0]?.params).to.deep.equal({ address: accounts.registrar.address, batches: 9_999 });
    expect(codesOf(await look(5n, 5n * batch - 1n))).to.include("ACCOUNT_EMPTY");
    expect(codesOf(await look(5n, 5n * batch))).to.include("ACCOUNT_LOW");
  });
});
