/**
 * The options of Besu 26.4.0 that files here name. Each stands in Besu's own list of all its options (app/src/test/resources/everything_config.toml
 * in its repository) and in its reference (https://besu.hyperledger.org/public-networks/reference/cli/options, …/private-networks/…); who adds one
 * looks there first, since Besu does not start with a name that it does not know.
 */
export const besuOptions: readonly string[] = [
  ...["identity", "data-path", "genesis-file", "node-private-key-file", "logging"],
  ...["sync-mode", "data-storage-format", "bonsai-historical-block-limit"],
  ...["p2p-host", "p2p-port", "discovery-enabled", "static-nodes-file", "remote-connections-limit-enabled"],
  ...["permissions-nodes-config-file-enabled", "permissions-nodes-config-file"],
  ...["permissions-accounts-config-file-enabled", "permissions-accounts-config-file"],
  ...["min-gas-price", "tx-pool", "tx-pool-limit-by-account-percentage", "tx-pool-no-local-priority"],
  ...["rpc-http-enabled", "rpc-http-host", "rpc-http-port", "rpc-http-api", "host-allowlist"],
  ...["metrics-enabled", "metrics-host", "metrics-port"],
];

/** Of the file of permissions. */
export const permissionNames: readonly string[] = ["nodes-allowlist", "accounts-allowlist"];

/** Of a QBFT genesis file, its `config` and the `qbft` in that. */
export const genesisNames = {
  file: ["config", "nonce", "timestamp", "extraData", "gasLimit", "difficulty", "mixHash", "alloc"],
  config: ["chainId", "berlinBlock", "londonBlock", "zeroBaseFee", "qbft"],
  qbft: ["blockperiodseconds", "requesttimeoutseconds", "epochlength"],
} as const;

/** The groups of JSON-RPC methods. */
export const rpcGroups: readonly string[] = ["ETH", "NET", "WEB3", "QBFT", "PERM", "TXPOOL", "DEBUG"];
