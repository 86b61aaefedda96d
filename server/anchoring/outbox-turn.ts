import type { Hex } from "../../core/bytes.ts";
import type { Block } from "../chain/block.ts";
import type { ContractAddresses } from "../chain/ledger-contracts.ts";
import type { AnchoringDeps } from "./anchoring.ts";
import type { AnchoringHooks } from "./hooks.ts";
import { createRelayerPool, readNonces, type NonceCounts } from "./nonces.ts";
import { createPatience } from "./patience.ts";
import { createPendingAttempts } from "./pending.ts";
import { createSender } from "./sender.ts";
import { createSetupSender } from "./setup-sender.ts";
import type { Signer } from "./signer.ts";
import { createSubmission } from "./submission.ts";
import { createWatcher } from "./watcher.ts";

export interface OutboxTurnDeps extends Omit<AnchoringDeps, "signer" | "hooks" | "now"> {
  readonly addresses: ContractAddresses;
  readonly genesisHash: Hex;
  readonly signer: Signer;
  readonly hooks: AnchoringHooks;
  readonly now: () => number;
  readonly settled: () => Promise<void>;
}

/** One turn: read what the chain says, give up what failed, try what waits, hand over what is new. */
export type OutboxTurn = () => Promise<{ head: Block; isSetUp: boolean }>;

export function createOutboxTurn(deps: OutboxTurnDeps): OutboxTurn {
  const { store, rpc, accounts, config, now } = deps;
  // A wall clock may be set back; how long to wait must not depend on it.
  const elapsed = (): number => performance.now();
  const ledger = deps.addresses.ledger;
  const relayers = createRelayerPool(accounts.relayers, elapsed);
  const patience = createPatience(elapsed);
  const pending = createPendingAttempts({
    ...{ ...deps, now: elapsed },
    stuck: (relayer) => relayers.stuck(relayer),
    troubled: (orderId) => void patience.delay(orderId),
  });
  const submission = createSubmission({
    ...{ store, rpc, now, chainId: deps.chainId, gasPrice: config.gasPrice ?? null },
    givenUp: (relayer, nonce) => pending.givenUp(relayer, nonce),
  });
  const shared = { ...deps, submission, patience, attemptSeconds: config.attemptSeconds };
  const watcher = createWatcher({ ...deps, ledger });
  const setup = createSetupSender(shared);
  const sender = createSender({ ...shared, ledger, relayers, search: (topicFilter) => watcher.search(topicFilter) });
  const senders = [accounts.deployer, accounts.registrar, ...accounts.relayers].map(({ address }) => address);
  let before: NonceCounts = new Map();

  return async () => {
    const head = await watcher.turn();
    const nonces = await readNonces(rpc, senders);
    const books = await pending.review({ before, now: nonces, headTime: head.time });
    before = nonces;
    const isSetUp = !(await setup.turn(head, books));
    if (isSetUp) await sender.turn(head, books);
    await pending.broadcast(nonces);
    return { head, isSetUp };
  };
}
