import { join } from "node:path";

import type { JsonObject } from "../../core/json/parse.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import { payersOf, type Accounts } from "./accounts.ts";
import { findAnvil } from "./anvil-binary.ts";
import type { Chain, KnownChain } from "./chain.ts";
import { createEmbeddedChain } from "./embedded.ts";
import { openExternalChain } from "./external.ts";
import type { Log } from "./log.ts";
import { readGenesisHash } from "./trust.ts";

export interface OpenChainDeps extends SignatureTools {
  /** the data folder */
  readonly data: string;
  /** JSON-RPC addresses; none: the gateway brings its own chain */
  readonly urls: readonly string[];
  readonly genesisConfig: JsonObject | null;
  /** what an earlier start wrote down */
  readonly known: KnownChain | null;
  readonly accounts: Accounts;
  /** the PATH in which anvil may lie */
  readonly path: string;
  readonly log: Log;
  readonly say: (sentence: string) => void;
  /** ends the waiting for a node */
  readonly signal: AbortSignal;
}

/** The one place where it is decided which chain a gateway writes to. Throws what the two kinds of chain throw. */
export function openChain(deps: OpenChainDeps): Promise<Chain> {
  return deps.urls.length === 0 ? ownChain(deps) : openExternalChain({ ...deps, sealer: deps.accounts.sealer.address });
}

async function ownChain({ data, accounts, path, log }: OpenChainDeps): Promise<Chain> {
  const chain = await createEmbeddedChain({
    folder: join(data, "chain"),
    binary: findAnvil(path),
    funded: payersOf(accounts),
    log,
  });
  return {
    ...chain,
    genesisHash: await readGenesisHash(chain.rpc),
    consensus: { type: "development", sealer: accounts.sealer.address },
    genesisConfig: null,
    validators: () => null,
    followed: () => Promise.resolve(),
  };
}
