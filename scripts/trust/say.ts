import type { TrustState } from "../../core/trust/anchor.ts";
import type { Publisher, TrustBundle } from "../../core/trust/bundle.ts";
import type { Difference } from "./make.ts";

const consensusNames = { qbft: "QBFT", clique: "Clique", development: "none, a development chain" } as const;

/** What a bundle says and proves, for people. */
export function sayBundle(bundle: TrustBundle, state: TrustState): string {
  const { chainId, genesis, consensus, contracts, deploymentBlock, agencies, publishers, checkpoints } = bundle;
  const { publishedAt, fingerprint } = bundle;
  const epoch = consensus.type === "development" ? "" : `, epochs of ${consensus.epoch} blocks`;
  return [
    `Chain ${chainId}, genesis ${genesis.hash}`,
    `Consensus: ${consensusNames[consensus.type]}${epoch}`,
    `Validators since block ${state.since}, ${state.validators.length}; ${state.sets.length - 1} changes since the genesis block, each proven`,
    ...state.validators.map((address) => `  ${address}`),
    `Ledger ${contracts.ledger.address} since block ${deploymentBlock}; ${agencies.length} agencies; ${checkpoints.length} checkpoints`,
    `Published at block ${publishedAt.blockNumber}, ${publishedAt.blockTime}, by`,
    ...publishers.map((publisher) => `  ${sayPublisher(publisher)}`),
    ...(publishers.length === 0 ? ["  nobody by name"] : []),
    "",
    `Fingerprint ${fingerprint.sha256}`,
    `  ${fingerprint.words.en}`,
    `  ${fingerprint.words["zh-CN"]}`,
    "",
    state.isGatewayAlone
      ? "Only a gateway publishes it: it is worth no more than the gateway."
      : "Who publishes it is its own account: compare these words with those of the institutions' own files. One with other words may say the same of the ledger: --compare tells.",
  ].join("\n");
}

function sayPublisher({ name, role, validator, url }: Publisher): string {
  return [`${name}: ${role}`, validator, url].filter((part) => part !== null).join(" ");
}

const differences: Readonly<Record<Difference, string>> = {
  CHAIN_ID: "another chain id",
  GENESIS: "another genesis block",
  GENESIS_CONFIG: "another genesis configuration",
  CONSENSUS: "another consensus",
  CONTRACTS: "other contracts, or other code at their addresses",
  DEPLOYMENT_BLOCK: "another deployment block",
  TRANSITIONS_REWRITTEN: "other changes of validators",
  TRANSITIONS_MISSING: "changes of validators are missing",
  CHECKPOINTS_REWRITTEN: "other blocks at its checkpoints",
  CHECKPOINTS_MISSING: "checkpoints are missing",
  AGENCIES_UNTRUE: "the register had other agencies in the block in which it was made",
  TRANSITIONS_ADDED: "further changes of validators",
  CHECKPOINTS_ADDED: "further checkpoints",
  AGENCIES_CHANGED: "other agencies",
  PUBLISHERS_CHANGED: "other publishers",
  PUBLISHED_EARLIER: "it was made at an earlier block",
};

/** What a bundle has otherwise than another, a line each. */
export function sayDifferences(what: readonly Difference[]): string {
  return what.length === 0 ? "  nothing" : what.map((code) => `  ${code}: ${differences[code]}`).join("\n");
}
