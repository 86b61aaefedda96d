import { hexToBytes } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { setupPlan, type SetupPlanInput } from "../chain/setup.ts";
import { parseStep } from "../chain/setup-step.ts";
import { saveAgency } from "../store/agencies.ts";
import { readChainFacts, saveChainFacts, type ChainFacts } from "../store/chain-position.ts";
import type { Store } from "../store/open.ts";
import { insertSetupOrders, setupOrders } from "../store/outbox.ts";

/**
 * Orders, in one commit, whatever the chain still needs, and writes down the agencies. Called at every start: what was ordered
 * before is not ordered again unless the plan has changed. Throws CHAIN_MISMATCH where the folder was made for another chain.
 */
export async function orderSetup(store: Store, plan: SetupPlanInput, facts: ChainFacts, now: number): Promise<void> {
  const steps = setupPlan(plan);
  await store.write(async (tx) => {
    const known = await readChainFacts(tx);
    if (known !== null && (known.chainId !== facts.chainId || known.genesisHash !== facts.genesisHash))
      throw new HufuError(
        "CHAIN_MISMATCH",
        "The node holds another chain than the one that this data folder was made for.",
      );
    const newest = new Map((await setupOrders(tx)).map(({ payload }) => [parseStep(payload).step, payload]));
    const payloads = steps.map((step) => ({ step: step.step, payload: JSON.stringify(step) }));
    const wanted = payloads.filter(({ step, payload }) => newest.get(step) !== payload && !isSettled(step, newest));
    await insertSetupOrders(
      tx,
      wanted.map(({ payload }) => payload),
      now,
    );
    for (const agency of plan.agencies)
      await saveAgency(tx, { ...agency, signer: hexToBytes(plan.signerOf(agency.uscc)) });
    await saveChainFacts(tx, facts);
  });
}

/** Contracts never change once they were ordered, whatever the compiler would make of them today; nor is an agency enrolled twice. */
function isSettled(step: string, newest: ReadonlyMap<string, string | null>): boolean {
  return newest.has(step) && (step.startsWith("deploy ") || step.startsWith("enrol "));
}

/** The block in which the contracts were deployed; null while they are not. */
export async function deploymentBlock(store: Store): Promise<number | null> {
  const orders = await setupOrders(store.db);
  const blocks = orders
    .filter(({ payload }) => parseStep(payload).step.startsWith("deploy "))
    .map((order) => order.block_number);
  return blocks.reduce<number | null>(
    (least, block) => (block === null || (least !== null && least < block) ? least : block),
    null,
  );
}
