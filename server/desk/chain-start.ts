import { setTimeout as sleep } from "node:timers/promises";

import { createKeccak } from "../../core/ledger/keccak.ts";
import type { Anchoring } from "../anchoring/anchoring.ts";
import { deploymentBlock } from "../anchoring/enrolment.ts";
import { payersByRole, type Accounts } from "../chain/accounts.ts";
import type { Chain } from "../chain/chain.ts";
import { readGenesisConfig } from "../chain/genesis-file.ts";
import { openChain, type OpenChainDeps } from "../chain/open.ts";
import { wasmRecover } from "../chain/recover.ts";
import type { Config } from "../config.ts";
import { knownChain } from "../store/chain-position.ts";
import type { Store } from "../store/open.ts";
import { shownAddress } from "../web-address.ts";

/** How long a gateway that was set up before waits for its chain at the start, and how long at the first start for the headers to be read. */
const KNOWN_MS = 5_000;
const FOLLOW_MS = 60_000;

export interface ChainStartDeps extends Pick<OpenChainDeps, "accounts" | "path" | "log" | "say" | "signal"> {
  readonly config: Pick<Config, "data" | "rpc" | "genesis">;
  readonly store: Store;
}

/** Opens the chain that the configuration names. Throws what {@link openChain} throws, and INVALID_CONFIGURATION for a genesis file that is none. */
export async function startChain({ config, store, ...deps }: ChainStartDeps): Promise<Chain> {
  const { data, rpc: urls, genesis } = config;
  // Before any node is asked: institutions may have to list the accounts before their nodes start, and an unlisted one is refused without end.
  if (urls.length > 0 && (await deploymentBlock(store)) === null)
    for (const line of accountLines(deps.accounts)) deps.say(line);
  deps.say(urls.length === 0 ? "starting the chain" : `asking the chain at ${urls.map(shownAddress).join(", ")}`);
  return openChain({
    ...{ ...deps, data, urls, known: await knownChain(store.db) },
    ...{ keccak: await createKeccak(), recover: wasmRecover },
    genesisConfig: genesis === null ? null : readGenesisConfig(genesis),
  });
}

function accountLines(accounts: Accounts): string[] {
  return [
    "this gateway's accounts; a chain that admits only listed ones has to list them all, one that asks for a price to fund them (npm run doctor names them too):",
    ...Object.entries(payersByRole(accounts)).map(([role, addresses]) => `  ${role} ${addresses.join(", ")}`),
  ];
}

/**
 * Resolves when contracts and agencies are on the chain. A chain of others that had them at an earlier start may stand still for long: after a few
 * seconds it keeps nobody down, for records can be taken.
 */
export async function untilReady(
  anchoring: Anchoring,
  { chain, store, isEmbedded }: { chain: Chain; store: Store; isEmbedded: boolean },
): Promise<void> {
  const isKnown = !isEmbedded && (await deploymentBlock(store)) !== null;
  if (isKnown) {
    const ready = Promise.race([anchoring.ready(), sleep(KNOWN_MS, undefined, { ref: false })]);
    await Promise.all([ready, chain.followed(KNOWN_MS)]);
    return;
  }
  await anchoring.ready();
  await chain.followed(FOLLOW_MS);
}
