import type { Hex } from "../../core/bytes.ts";
import type { Block } from "../chain/block.ts";
import { createEndorsements, type Endorsement } from "../chain/endorsement.ts";
import { settledBlock, type Shortage } from "../chain/finality.ts";
import { createPrices } from "../chain/gas.ts";
import type { ContractAddresses } from "../chain/ledger-contracts.ts";
import { wasmRecover } from "../chain/recover.ts";
import type { AnchoringDeps } from "./anchoring.ts";
import type { AnchoringHooks } from "./hooks.ts";
import { createRelayerPool, readNonces, type NonceCounts } from "./nonces.ts";
import { createPatience } from "./patience.ts";
import { createPendingAttempts } from "./pending.ts";
import { createSender } from "./sender.ts";
import { createSetupSender } from "./setup-sender.ts";
import { createShortageWatch } from "./shortage-watch.ts";
import type { Signer } from "./signer.ts";
import { createSubmission } from "./submission.ts";
import { createWatcher } from "./watcher.ts";

export interface OutboxTurnDeps extends Omit<AnchoringDeps, "signer" | "hooks" | "now"> {
  readonly addresses: ContractAddresses;
  readonly signer: Signer;
  readonly hooks: AnchoringHooks;
  readonly now: () => number;
  readonly settled: () => Promise<void>;
}

/** How a turn found the chain. */
export interface Turn {
  readonly head: Block;
  readonly isSetUp: boolean;
  /** null except under Clique, and while its signers are not known */
  readonly endorsement: Endorsement | null;
  /** null: none, or it was never known how many signers there are */
  readonly shortage: Shortage | null;
}

/** One turn: read what the chain says, give up what failed, try what waits, hand over what is new. */
export type OutboxTurn = () => Promise<Turn>;

export function createOutboxTurn(deps: OutboxTurnDeps): OutboxTurn {
  const { store, rpc, accounts, config, now } = deps;
  // A wall clock may be set back; how long to wait must not depend on it.
  const elapsed = (): number => performance.now();
  const ledger = deps.addresses.ledger;
  const relayers = createRelayerPool(accounts.relayers, elapsed);
  const patience = createPatience(elapsed);
  const prices = createPrices(rpc, config.gasPrice ?? null);
  const pending = createPendingAttempts({
    ...{ ...deps, now: elapsed, stuck: relayers.stuck, refused: prices.refused },
    troubled: (orderId) => void patience.delay(orderId),
  });
  const submission = createSubmission({ ...{ store, now, prices, chainId: deps.chainId }, givenUp: pending.givenUp });
  const shared = { ...deps, submission, patience, attemptSeconds: config.attemptSeconds };
  const watcher = createWatcher({ ...{ ...deps, ledger, elapsed }, fellOut: pending.fellOut });
  const signers = (): readonly Hex[] | null => deps.validators()?.addresses ?? null;
  const endorsements = createEndorsements({ rpc, keccak: deps.keccak, recover: wasmRecover, signers });
  const setup = createSetupSender(shared);
  const sender = createSender({ ...shared, ledger, relayers, search: (topicFilter) => watcher.search(topicFilter) });
  const senders = [accounts.deployer, accounts.registrar, ...accounts.relayers].map(({ address }) => address);
  const confirmations = config.confirmations ?? null;
  const shortageBy = createShortageWatch({ ...deps, confirmations });
  let before: NonceCounts = new Map();

  return async () => {
    const head = await watcher.turn();
    const nonces = await readNonces(rpc, senders);
    const books = await pending.review({ before, now: nonces, headTime: head.time });
    before = nonces;
    const isSetUp = !(await setup.turn(head, books));
    const endorsement = deps.consensus.type === "clique" ? await endorsements(head) : null;
    const shortage = shortageBy(endorsement);
    const settled = settledBlock(head.number, deps.consensus, { endorsement, confirmations });
    if (isSetUp) await sender.turn(head, settled, books);
    await pending.broadcast(nonces);
    return { head, isSetUp, endorsement, shortage };
  };
}
