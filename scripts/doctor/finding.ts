/** SKIPPED: it was not looked at, which says nothing against it. */
export type Level = "OK" | "WARNING" | "PROBLEM" | "SKIPPED";

/** In the order in which they are looked at and told. */
export const parts = ["folder", "gateway", "chain", "validators", "trust"] as const;
export type Part = (typeof parts)[number];

/** Everything that can be found, and how bad it is. */
export const levels = {
  // data folder
  FOLDER_PRIVATE: "OK",
  FOLDER_OPEN: "PROBLEM",
  FOLDER_LISTED: "WARNING",
  FOLDER_MISSING: "SKIPPED",
  DISK_ROOM: "OK",
  DISK_LOW: "WARNING",
  DISK_FULL: "PROBLEM",
  DATABASE_SOUND: "OK",
  DATABASE_MISSING: "PROBLEM",
  DATABASE_UNREADABLE: "PROBLEM",
  DATABASE_DAMAGED: "PROBLEM",
  DATABASE_VERSION: "PROBLEM",
  DATABASE_LARGE: "SKIPPED",
  ORDERS_REFUSED: "WARNING",
  KEYSTORE_OPENS: "OK",
  KEYSTORE_MISSING: "PROBLEM",
  KEYSTORE_UNREADABLE: "PROBLEM",
  KEYSTORE_NOT_OPENED: "SKIPPED",
  PASSWORD_APART: "OK",
  PASSWORD_BESIDE: "WARNING",
  PASSWORD_OF_A_DESK: "OK",
  AGENCY_KEYS_GONE: "OK",
  AGENCY_KEYS_LEFT: "WARNING",
  AGENCY_KEYS_OF_A_DESK: "OK",
  // gateway
  GATEWAY_UNKNOWN: "SKIPPED",
  GATEWAY_ANSWERS: "OK",
  GATEWAY_SILENT: "PROBLEM",
  GATEWAY_HANGS: "PROBLEM",
  GATEWAY_ELSEWHERE: "WARNING",
  GATEWAY_READY: "OK",
  GATEWAY_STOPPING: "WARNING",
  GATEWAY_STORE_FAILS: "PROBLEM",
  GATEWAY_WITHOUT_CHAIN: "PROBLEM",
  GATEWAY_CHAIN_STILL: "PROBLEM",
  GATEWAY_BACKLOG_FULL: "PROBLEM",
  GATEWAY_SIGNERS_SHORT: "PROBLEM",
  GATEWAY_OTHER_LEDGER: "PROBLEM",
  BACKLOG_MOVES: "OK",
  BACKLOG_OLD: "WARNING",
  BACKLOG_STUCK: "PROBLEM",
  ALARMS_NONE: "OK",
  ALARMS_RAISED: "WARNING",
  ORDERS_LOST: "WARNING",
  // chain
  NODES_UNKNOWN: "SKIPPED",
  NODE_ANSWERS: "OK",
  NODE_SILENT: "PROBLEM",
  NODE_OTHER_CHAIN: "PROBLEM",
  NODE_OTHER_HISTORY: "PROBLEM",
  NODE_SYNCING: "WARNING",
  NODE_PEERS: "OK",
  NODE_ALONE: "WARNING",
  NODE_FEW_PEERS: "WARNING",
  PEERS_REFUSED: "SKIPPED",
  NODE_BEHIND: "WARNING",
  NODES_AGREE: "OK",
  NODES_FORKED: "PROBLEM",
  CHAIN_MOVES: "OK",
  CHAIN_STANDS_STILL: "PROBLEM",
  CHAIN_BEHIND_GATEWAY: "PROBLEM",
  CLOCKS_AGREE: "OK",
  CLOCK_OF_GATEWAY: "WARNING",
  CLOCK_OF_CHAIN: "WARNING",
  BLOCKS_HOLD_BATCHES: "OK",
  BLOCKS_TOO_SMALL: "PROBLEM",
  GAS_FREE: "OK",
  ACCOUNTS_FUNDED: "OK",
  ACCOUNT_LOW: "WARNING",
  ACCOUNT_EMPTY: "PROBLEM",
  RIGHTS_AS_PLANNED: "OK",
  RIGHT_MISSING: "PROBLEM",
  // validators
  VALIDATORS_NONE: "OK",
  VALIDATORS_SIGN: "OK",
  VALIDATOR_SILENT: "WARNING",
  VALIDATORS_NONE_SPARE: "WARNING",
  STRANGERS_SIGN: "WARNING",
  // trust bundle
  BUNDLE_UNKNOWN: "SKIPPED",
  BUNDLE_HOLDS: "OK",
  BUNDLE_INVALID: "PROBLEM",
  BUNDLE_OF_A_DESK: "OK",
  BUNDLE_OF_GATEWAY: "WARNING",
  BUNDLE_CURRENT: "OK",
  BUNDLE_VALIDATORS_OLD: "WARNING",
  BUNDLE_SERVED: "OK",
  BUNDLE_GROWN: "WARNING",
  BUNDLE_OTHER: "PROBLEM",
  CONTRACTS_AS_TRUSTED: "OK",
  CONTRACT_DIFFERS: "PROBLEM",
  // anything
  NOT_LOOKED_AT: "SKIPPED",
} as const satisfies Readonly<Record<string, Level>>;

export type FindingCode = keyof typeof levels;

/** What the sentences name: no key, no content. */
export type Params = Readonly<Record<string, string | number>>;

export interface Finding {
  readonly part: Part;
  readonly code: FindingCode;
  readonly level: Level;
  readonly params: Params;
}

export function found(part: Part, code: FindingCode, params: Params = {}): Finding {
  return { part, code, level: levels[code], params };
}

/**
 * 0 nothing wrong, 1 a problem, 2 nothing could be looked at, 3 warnings alone: some of these stay for long, as what a gateway has counted since it
 * was started does, and a monitor must not ring for them all the time.
 */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 | 2 | 3 {
  const has = (wanted: Level): boolean => findings.some(({ level }) => level === wanted);
  if (has("PROBLEM")) return 1;
  if (has("WARNING")) return 3;
  return has("OK") ? 0 : 2;
}
