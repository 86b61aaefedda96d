import type { DoctorTexts } from "./texts.ts";
import { wrongEn } from "./wrong.en.ts";

const s = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

export const en: DoctorTexts = {
  level: { OK: "OK", WARNING: "WARNING", PROBLEM: "PROBLEM", SKIPPED: "SKIPPED" },
  part: { folder: "Data folder", gateway: "Gateway", chain: "Chain", validators: "Validators", trust: "Trust bundle" },
  means: "It means",
  todo: "Do",
  summary: (problems, warnings, skipped) =>
    `${s(problems, "problem")}, ${s(warnings, "warning")}, ${skipped} not looked at.`,
  wrong: wrongEn,
  plain: {
    FOLDER_PRIVATE: ({ folder }) => `${folder} is its owner's alone.`,
    FOLDER_MISSING: ({ folder }) => `There is no data folder ${folder}: nothing in it was looked at (--data).`,
    DISK_ROOM: ({ free }) => `${free} GB are free on the data folder's disk.`,
    DATABASE_SOUND: ({ records }) => `The database is sound; it has taken ${records} records.`,
    DATABASE_LARGE: () =>
      "The database has more than 1 GB: its pages were not checked. SQLite's own quick_check does that.",
    KEYSTORE_OPENS: ({ deployer, registrar, admin, relayers }) =>
      `The keystore opens. A chain that admits only listed accounts has to list all of these: deployer ${deployer}, registrar ${registrar}, admin ${admin}, relayers ${relayers}.`,
    KEYSTORE_NOT_OPENED: () =>
      "The keystore was not opened, so that its accounts are not named, and their balances and rights were not looked at: give HUFU_KEYSTORE_PASSWORD.",
    PASSWORD_APART: () => "The keystore's password does not lie beside it.",
    PASSWORD_OF_A_DESK: () =>
      "The keystore's password lies beside it: on a desk's own chain the keys count nowhere else.",
    AGENCY_KEYS_GONE: () => "No API keys lie about in the clear.",
    AGENCY_KEYS_OF_A_DESK: () => "The sample agencies' API keys lie in agency-keys.json, as it is on a desk.",
    GATEWAY_UNKNOWN: () => "No gateway was named, and the data folder names none (--gateway).",
    GATEWAY_ANSWERS: ({ url }) => `The gateway at ${url} answers.`,
    GATEWAY_READY: () => "It is ready: store, chain and backlog are as they should be.",
    BACKLOG_MOVES: ({ records, seconds }) =>
      records === 0
        ? "Nothing waits for its anchor."
        : `${records} records wait for their anchor, the oldest for ${seconds} s.`,
    ALARMS_NONE: () => "No alarm since the gateway was started.",
    NODES_UNKNOWN: () => "No node was named, and the data folder names none (--rpc).",
    NODE_ANSWERS: ({ url, chainId, block }) => `The node at ${url} answers: chain ${chainId}, block ${block}.`,
    NODE_PEERS: ({ url, peers }) => `${url} is connected with ${peers} others.`,
    PEERS_REFUSED: ({ url }) => `${url} does not say with how many others it is connected (net_peerCount).`,
    NODES_AGREE: ({ nodes, block }) => `${nodes} nodes hold the same block ${block}.`,
    CHAIN_MOVES: ({ block, seconds }) => `Blocks come: ${block} is ${seconds} s old.`,
    CLOCKS_AGREE: () => "The clocks of this machine, of the gateway if one answered, and of the newest block agree.",
    BLOCKS_HOLD_BATCHES: ({ records, limit }) =>
      `A batch of ${records} records fits into a block, whose gas limit is ${limit}.`,
    GAS_FREE: () => "The chain asks for no price, so that no account has to own anything.",
    ACCOUNTS_FUNDED: ({ accounts }) => `All ${accounts} accounts that write can pay for a long time.`,
    RIGHTS_AS_PLANNED: ({ registrar, days }) =>
      `The deployer has no right left; the registrar ${registrar} changes the register of agencies ${days === 0 ? "at once" : `${days} days after announcing it`}.`,
    VALIDATORS_NONE: () => "A development chain has no validators.",
    VALIDATORS_SIGN: ({ of, blocks }) => `All ${of} validators sign: each did in the newest ${blocks} blocks.`,
    BUNDLE_UNKNOWN: () => "No trust bundle was named, and the data folder has none (--trust).",
    BUNDLE_HOLDS: ({ name, block, words }) => `${name} holds, as of block ${block}. Its words: ${words}.`,
    BUNDLE_OF_A_DESK: () =>
      "It is of a desk's own chain, which has no validators: it is worth no more than the gateway.",
    BUNDLE_CURRENT: ({ validators }) => `Its ${validators} validators are those that seal the chain now.`,
    BUNDLE_SERVED: () => "The gateway serves the same bundle.",
    CONTRACTS_AS_TRUSTED: ({ ledger }) => `The contracts' code is the bundle's; the ledger is at ${ledger}.`,
    NOT_LOOKED_AT: ({ what, why }) => `Not looked at: ${what}: ${why}`,
  },
};
