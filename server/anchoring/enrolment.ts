import { hexToBytes } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { setupPlan, type EnrolledAgency, type SetupPlanInput } from "../chain/setup.ts";
import { parseStep } from "../chain/setup-step.ts";
import { saveAgency, savedAgencies, type Agency } from "../store/agencies.ts";
import { readChainFacts, saveChainFacts, type ChainFacts } from "../store/chain-position.ts";
import type { Store } from "../store/open.ts";
import { insertSetupOrders, setupOrders, supersede } from "../store/outbox.ts";

/**
 * Orders, in one commit, whatever the chain still needs, and writes down the agencies. Called at every start: what was ordered
 * before is not ordered again unless the plan has changed. Throws CHAIN_MISMATCH where the folder was made for another chain, or with
 * another keystore.
 */
export async function orderSetup(store: Store, plan: SetupPlanInput, facts: ChainFacts, now: number): Promise<void> {
  await store.write(async (tx) => {
    checkFacts(await readChainFacts(tx), facts);
    const agencies = withWithdrawals(plan.agencies, await savedAgencies(tx));
    const ordered = (await setupOrders(tx)).map((order) => ({ ...order, step: parseStep(order.payload).step }));
    const newest = new Map(ordered.map(({ step, payload }) => [step, payload]));
    const steps = setupPlan({ ...plan, agencies }).map((step) => ({ step: step.step, payload: JSON.stringify(step) }));
    const wanted = steps.filter(({ step, payload }) => newest.get(step) !== payload && !isSettled(step, newest));
    const replaced = new Set(wanted.map(({ step }) => step));
    await supersede(
      tx,
      ordered.filter(({ step }) => replaced.has(step)).map(({ id }) => id),
    );
    await insertSetupOrders(
      tx,
      wanted.map(({ payload }) => payload),
      now,
    );
    for (const { uscc, name, kinds } of agencies) {
      const oversight = plan.agencies.find((agency) => agency.uscc === uscc)?.oversight ?? {};
      await saveAgency(tx, { uscc, name, kinds, oversight, signer: hexToBytes(plan.signerOf(uscc)) });
    }
    await saveChainFacts(tx, facts);
  });
}

function checkFacts(known: ChainFacts | null, facts: ChainFacts): void {
  if (known === null) return;
  if (known.chainId !== facts.chainId || known.genesisHash !== facts.genesisHash)
    throw new HufuError(
      "CHAIN_MISMATCH",
      "The node holds another chain than the one that this data folder was made for.",
    );
  if (known.ledger !== undefined && known.ledger !== facts.ledger)
    throw new HufuError(
      "CHAIN_MISMATCH",
      "The keystore is not the one that deployed this data folder's contracts: put its keystore.json back.",
    );
}

/**
 * The plan says all that shall be true: an agency that is no longer in it may write no kind and oversees nobody, and oversight that it
 * no longer names is taken away. What was written stands; an agency that comes back has its rights again.
 */
function withWithdrawals(planned: readonly EnrolledAgency[], saved: readonly Agency[]): EnrolledAgency[] {
  const names = new Set(planned.map(({ uscc }) => uscc));
  const gone = saved.filter(({ uscc }) => !names.has(uscc));
  const before = new Map(saved.map(({ uscc, oversight }) => [uscc, Object.keys(oversight)]));
  return [...planned, ...gone.map(({ uscc, name }) => ({ uscc, name, kinds: 0, oversight: {} }))].map((agency) => {
    const ended = Object.fromEntries((before.get(agency.uscc) ?? []).map((overseen) => [overseen, 0]));
    return { ...agency, oversight: { ...ended, ...agency.oversight } };
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
