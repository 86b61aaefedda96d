import type { Accounts } from "../../server/chain/accounts.ts";
import { askGasPrice, priceOf } from "../../server/chain/gas.ts";
import { loadContracts } from "../../server/chain/ledger-contracts.ts";
import { quantity } from "../../server/chain/quantity.ts";
import { resultOf } from "../../server/chain/rpc.ts";
import { REGISTRAR_DELAY } from "../../server/anchoring/anchoring.ts";
import { isTrue, probeCall } from "../../server/chain/setup-step.ts";
import { setupPlan } from "../../server/chain/setup.ts";
import { found, type Finding } from "./finding.ts";
import type { SeenNode } from "./nodes.ts";

/** Gas of a batch of 500 records, generously. */
const BATCH_GAS = 750_000n;
/** Batches for which an account should have enough: some hours of a busy district. */
const ENOUGH = 10_000n;

/** Whether the accounts that write can pay, on a chain that wants to be paid. `configured`: the operator's price. */
export async function examineFunds(
  { rpc, head }: SeenNode,
  accounts: Accounts,
  configured: bigint | null,
): Promise<Finding[]> {
  const pricing = priceOf(head, await askGasPrice(rpc), configured);
  const price = pricing.type === 0 ? pricing.gasPrice : pricing.maxFeePerGas;
  if (price === 0n) return [found("chain", "GAS_FREE")];
  const paying = [accounts.registrar, ...accounts.relayers].map(({ address }) => address);
  const answers = await rpc.batch(paying.map((address) => ({ method: "eth_getBalance", params: [address, "latest"] })));
  const poor = paying.flatMap((address, index) => {
    const batches = quantity(resultOf(answers[index], "eth_getBalance"), "a balance") / (price * BATCH_GAS);
    if (batches >= ENOUGH) return [];
    return [found("chain", batches === 0n ? "ACCOUNT_EMPTY" : "ACCOUNT_LOW", { address, batches: Number(batches) })];
  });
  return poor.length > 0 ? poor : [found("chain", "ACCOUNTS_FUNDED", { accounts: paying.length })];
}

/** Whether registrar, admin and deployer have the rights that the setup gives them, and no more. `isDesk`: whether the chain is a desk's own. */
export async function examineRights({ rpc }: SeenNode, accounts: Accounts, isDesk: boolean): Promise<Finding[]> {
  const registrarDelay = isDesk ? 0 : REGISTRAR_DELAY;
  const { deployer, registrar, admin } = accounts;
  const steps = setupPlan({
    contracts: loadContracts(),
    accounts: { deployer: deployer.address, registrar: registrar.address, admin: admin.address },
    agencies: [],
    registrarDelay,
    signerOf: (agency) => accounts.signerOf(agency).address,
  });
  const answers = await rpc.batch(steps.map(({ probe }) => probeCall(probe)));
  const missing = steps.filter(({ probe }, index) => !isTrue(probe, answers[index]));
  if (missing.length === 0)
    return [found("chain", "RIGHTS_AS_PLANNED", { registrar: registrar.address, days: registrarDelay / 86_400 })];
  return missing.map(({ step }) => found("chain", "RIGHT_MISSING", { step }));
}
