import type { DoctorTexts } from "./texts.ts";

export const wrongEn: DoctorTexts["wrong"] = {
  FOLDER_OPEN: {
    says: ({ folder, names }) => `Others than its owner can read ${names} in ${folder}.`,
    means: "They can read personal data, or sign as every agency.",
    todo: "chmod -R go= on the folder; if others use this machine, count the keys as stolen.",
  },
  FOLDER_LISTED: {
    says: ({ folder }) => `Others than its owner can list ${folder}; the secrets in it are closed to them.`,
    means: "A file that is put there later, a copy for instance, may be open.",
    todo: "chmod 700 on the folder.",
  },
  DISK_LOW: {
    says: ({ free }) => `Only ${free} GB are free on the data folder's disk.`,
    means: "A full disk stops the gateway; records are refused, none is lost.",
    todo: "Make room, or move the folder to a larger disk while the gateway is stopped.",
  },
  DISK_FULL: {
    says: ({ free }) => `Only ${free} GB are free on the data folder's disk.`,
    means: "Soon nothing can be committed, and every write is refused.",
    todo: "Make room now, and start the gateway again if /readyz does not come back by itself.",
  },
  DATABASE_MISSING: {
    says: ({ file }) => `There is no ${file}.`,
    means: "This is no data folder of a gateway that was ever started, or its database is gone.",
    todo: "Check --data; if it is the right folder, restore the backup before anything is started.",
  },
  DATABASE_UNREADABLE: {
    says: ({ file, why }) => `${file} cannot be read: ${why}.`,
    means: "It is no database, damaged, or closed to this user.",
    todo: "Run this as the gateway's user; else stop the gateway, and restore the backup.",
  },
  DATABASE_DAMAGED: {
    says: ({ file, why }) => `${file} is damaged: ${why}.`,
    means: "The disk or memory of this machine has failed. What was anchored can be proven all the same.",
    todo: "Stop the gateway, keep the file, restore the backup on another disk, and run npm run audit with --database.",
  },
  DATABASE_VERSION: {
    says: ({ found, wanted }) => `The data folder has format ${found}, and this version of Hufu reads ${wanted}.`,
    means: "Another version of Hufu wrote it.",
    todo: "Start the version that wrote it.",
  },
  ORDERS_REFUSED: {
    says: ({ orders, codes }) => `${orders} orders were refused by the contract for good: ${codes}.`,
    means: "No attempt at them can succeed: a change of status, for instance, whose right ended before it was sent.",
    todo: "Read the column error of orders in the database, and have the agency decide anew.",
  },
  KEYSTORE_MISSING: {
    says: ({ file }) => `There is no ${file}.`,
    means: "Nothing can be signed, and a new one has other keys, which the chain does not know.",
    todo: "Put the backup's keystore.json back before the gateway is started.",
  },
  KEYSTORE_UNREADABLE: {
    says: ({ why }) => String(why),
    means: "The gateway cannot start with it.",
    todo: "Give the right HUFU_KEYSTORE_PASSWORD, or restore keystore.json and its password from one backup.",
  },
  PASSWORD_BESIDE: {
    says: () => "The keystore's password lies beside it (keystore-password).",
    means: "Whoever copies the folder, a backup for instance, can sign as every agency.",
    todo: "Keep the password elsewhere, give it as HUFU_KEYSTORE_PASSWORD, and remove the file.",
  },
  AGENCY_KEYS_LEFT: {
    says: () => "API keys lie in the clear in agency-keys.json.",
    means: "Whoever reads the file can notarise in the agencies' names. The gateway needs it no more.",
    todo: "Hand each agency its key, and remove the file.",
  },
  GATEWAY_SILENT: {
    says: ({ url, why }) => `The gateway at ${url} does not answer: ${why}.`,
    means: "It does not run, or something stands in between. What it accepted is in its folder.",
    todo: "Start it; its log, or what npm start prints, says why it ends.",
  },
  GATEWAY_HANGS: {
    says: ({ url, why }) => `The gateway at ${url} does not answer, though a process works on the data folder: ${why}.`,
    means: "It is starting, listens at another address, or is stuck.",
    todo: "Wait a minute and look again; check PORT and HUFU_HOST; else end the process and start it again. No accepted record is lost.",
  },
  GATEWAY_ELSEWHERE: {
    says: ({ url }) => `The gateway at ${url} answers, but no process works on the data folder.`,
    means: "It works on another folder, so that what was said of this one says nothing of it.",
    todo: "Name the folder that it was started with (HUFU_DATA).",
  },
  GATEWAY_STOPPING: {
    says: () => "The gateway is stopping, and takes no new records.",
    means: "It finishes what is under way.",
    todo: "Nothing, if it was asked to.",
  },
  GATEWAY_STORE_FAILS: {
    says: () => "The gateway's store does not answer.",
    means: "Every write is refused.",
    todo: "Look at disk and permissions, and start the gateway again.",
  },
  GATEWAY_WITHOUT_CHAIN: {
    says: () => "No node answers the gateway, or it lags far behind.",
    means: "Records are accepted and kept, and none is anchored.",
    todo: "Look at the nodes of HUFU_RPC; name a second one. It goes on by itself when one answers.",
  },
  GATEWAY_CHAIN_STILL: {
    says: ({ seconds }) => `The gateway has waited ${seconds} s for a block.`,
    means:
      "Too few validators run and reach each other, or two branches of equal weight stand against each other. Records are accepted and kept, and none is anchored.",
    todo: "See docs/operations.md, when the chain stands still. The gateway goes on by itself once blocks come.",
  },
  GATEWAY_BACKLOG_FULL: {
    says: () => "As many records wait for their anchor as may (HUFU_BACKLOG).",
    means: "Writes are answered 503 with Retry-After until it has shrunk.",
    todo: "Find out why nothing is anchored: the findings on the chain say it.",
  },
  GATEWAY_SIGNERS_SHORT: {
    says: ({ wanted, of }) =>
      `${wanted} signers shall stand behind a decision before its status is sent (HUFU_CONFIRMATIONS), and the chain has ${of}.`,
    means: "No status is sent. Records are anchored, and the changes of status wait.",
    todo: "Start the gateway with HUFU_CONFIRMATIONS of no more than that, or without it, which is a majority; or vote validators in. What waits is sent then.",
  },
  GATEWAY_OTHER_LEDGER: {
    says: ({ found, wanted }) =>
      `The gateway writes to another ledger (${found}) than the trust bundle names (${wanted}).`,
    means: "No certificate of it verifies against this bundle.",
    todo: "Find out which is meant: HUFU_RPC and HUFU_DATA of the gateway, or the bundle.",
  },
  BACKLOG_OLD: {
    says: ({ records, seconds }) => `${records} records wait for their anchor, the oldest for ${seconds} s.`,
    means: "More comes in than is anchored, or the chain is slow.",
    todo: "Watch hufu_backlog_records; if it grows, look at validators and balances.",
  },
  BACKLOG_STUCK: {
    says: ({ records, seconds }) => `${records} records wait for their anchor, the oldest for ${seconds} s.`,
    means: "Nothing is anchored, or one agency's batches are refused.",
    todo: "Look at the alarms and at the chain; hufu_alarms_total names what is refused. Nothing is lost meanwhile.",
  },
  ALARMS_RAISED: {
    says: ({ alarms }) => `Alarms since the gateway was started: ${alarms}.`,
    means: "Something was refused, or fell out of the chain; it is tried again.",
    todo: "docs/operations.md says what each code means; the log has the sentence.",
  },
  ORDERS_LOST: {
    says: ({ orders, times }) =>
      `${orders} orders fell out of the chain, in ${times} reorganisations, and were sent again.`,
    means:
      'Validators had built two branches. Whoever was told "anchored" of them was told it of a block that is gone.',
    todo: "Find out which validators were cut off from the others; connect each with all others.",
  },
  NODE_SILENT: {
    says: ({ url, why }) => `The node at ${url} gives no answer: ${why}`,
    means: "It does not run, or its JSON-RPC is closed to this machine.",
    todo: "Start it, or correct the address.",
  },
  NODE_OTHER_CHAIN: {
    says: ({ url, found, wanted }) => `The node at ${url} holds another chain (${found}) than is meant (${wanted}).`,
    means: "Nothing that it says is of this ledger.",
    todo: "Correct the address, or the node's genesis file.",
  },
  NODE_OTHER_HISTORY: {
    says: ({ url, block }) => `Block ${block} of ${url} is not the checkpoint of the trust bundle.`,
    means: "The node follows another branch than the publishers of the bundle saw, and has for long.",
    todo: "Compare several institutions' nodes. If this one is alone, remove its chain data and let it follow the others.",
  },
  NODE_SYNCING: {
    says: ({ url, block, of }) => `${url} is still catching up: block ${block} of ${of}.`,
    means: "What it says is old.",
    todo: "Wait, and let the gateway use another node meanwhile.",
  },
  NODE_ALONE: {
    says: ({ url }) => `${url} is connected with nobody.`,
    means: "It hears of no blocks; a validator in its place signs a branch of its own, or none.",
    todo: "Check its list of peers, the others' addresses and the firewall between them.",
  },
  NODE_FEW_PEERS: {
    says: ({ url, peers, validators }) =>
      `${url} is connected with only ${peers} others, of a chain of ${validators} validators.`,
    means:
      "With so few it is no majority: it sits on the smaller side of a network that was cut, or most others are down.",
    todo: "Check its list of peers, the others' addresses and the firewall between them.",
  },
  NODE_BEHIND: {
    says: ({ url, blocks }) => `${url} is ${blocks} blocks behind the newest.`,
    means: "It is cut off, or catching up.",
    todo: "Look at its peers; the gateway takes another node of HUFU_RPC while it is behind.",
  },
  NODES_FORKED: {
    says: ({ one, other, block }) => `${one} and ${other} have different blocks from ${block} on.`,
    means:
      "The network was cut in two, or one of them does not tell the truth. What is anchored on the branch that loses is anchored again.",
    todo: "Connect the validators with each other; see docs/operations.md, reorganisation, and if no block comes, when the chain stands still. Certificates of these blocks say endorsed, never final.",
  },
  CHAIN_STANDS_STILL: {
    says: ({ block, seconds }) => `No block has come after ${block} for ${seconds} s.`,
    means:
      "Fewer validators run and reach each other than a block needs (more than half under Clique, two thirds under QBFT), or, under Clique, two branches of equal weight stand against each other. Nothing is lost.",
    todo: "Start the validators that do not run, and connect them; if all do and their nodes still have different blocks, agree on one branch: see docs/operations.md, when the chain stands still.",
  },
  CHAIN_BEHIND_GATEWAY: {
    says: ({ block, readTo }) => `The newest block of the nodes is ${block}, and the gateway has read up to ${readTo}.`,
    means:
      "The nodes are catching up, or the chain was cut back. Until they have other blocks than were read, nothing counts as lost, and nothing is anchored.",
    todo: "See docs/operations.md, when nodes are behind what was read. It goes on by itself.",
  },
  CLOCK_OF_GATEWAY: {
    says: ({ seconds }) => `The gateway's clock is ${seconds} s off this machine's.`,
    means: "Times of acceptance are wrong, and if it runs behind, keys and deadlines end too late.",
    todo: "Let both follow a time server.",
  },
  CLOCK_OF_CHAIN: {
    says: ({ seconds }) => `The newest block is ${seconds} s in the future of this machine.`,
    means: "This machine's clock is behind, or its proposer's is ahead; blocks of the future are refused.",
    todo: "Let every validator and this machine follow a time server.",
  },
  BLOCKS_TOO_SMALL: {
    says: ({ records, gas, limit, most }) =>
      `A batch of ${records} records (HUFU_BATCH_SIZE) takes ${gas} gas, and a block holds ${limit}: ${most} records at most.`,
    means: "Nodes refuse larger batches (TRANSACTION_TOO_LARGE), and a batch that was made never changes.",
    todo: "Lower HUFU_BATCH_SIZE. If larger batches wait already, the validators raise the block's gas limit until these are anchored.",
  },
  ACCOUNT_LOW: {
    says: ({ address, batches }) => `${address} can pay for ${batches} more batches.`,
    means: "The chain asks for a price, and the account will be empty.",
    todo: "Send it funds from the account that the genesis block funded.",
  },
  ACCOUNT_EMPTY: {
    says: ({ address }) => `${address} cannot pay for a single batch.`,
    means: "What it should write is refused. Relayers stand in for each other; the registrar nobody.",
    todo: "Send it funds, or set HUFU_GAS_PRICE=0 where the chain takes that.",
  },
  RIGHT_MISSING: {
    says: ({ step }) => `Not as the setup makes it: ${step}.`,
    means: "The setup is not finished, or somebody changed rights by AccessManager.",
    todo: "Start the gateway, which finishes its setup; if it stays so, an admin has to undo what was changed.",
  },
  VALIDATOR_SILENT: {
    says: ({ validator, blocks }) => `Validator ${validator} signed none of the newest ${blocks} blocks.`,
    means: "It does not run, is cut off, or follows another branch.",
    todo: "Its institution looks at process, peers and clock; if it is gone for good, vote it out.",
  },
  VALIDATORS_NONE_SPARE: {
    says: ({ by, of, needed }) => `${by} of ${of} validators sign, and ${needed} are needed: no further one may fail.`,
    means: "The chain works on; the next one that fails stops it.",
    todo: "Bring the silent ones back before another fails.",
  },
  STRANGERS_SIGN: {
    says: ({ strangers }) => `Blocks are signed by whom the list of validators does not have: ${strangers}.`,
    means: "Validators were voted in since, or the node holds a forged chain.",
    todo: "Ask the institutions which vote there was, and make a new bundle with npm run trust.",
  },
  BUNDLE_INVALID: {
    says: ({ name, why }) => `${name} is no trust bundle that can be relied on: ${why}`,
    means: "Nothing can be verified with it.",
    todo: "Take it anew from an institution that publishes it, and compare the sixteen words.",
  },
  BUNDLE_OF_GATEWAY: {
    says: () => "Nobody but the gateway publishes the trust bundle.",
    means: "It is worth no more than the gateway, and every verdict says so.",
    todo: "Each institution makes it from its own node and publishes it (npm run trust); name one of theirs with --trust.",
  },
  BUNDLE_VALIDATORS_OLD: {
    says: ({ come, gone }) => `Validators have changed since the bundle was made: new ${come}, gone ${gone}.`,
    means:
      "Certificates that the new ones sealed cannot be verified with it (BUNDLE_TOO_OLD), and old ones must be renewed (FORMER_VALIDATORS).",
    todo: "Make and publish a new bundle: npm run trust.",
  },
  BUNDLE_GROWN: {
    says: ({ what }) => `The gateway serves a newer bundle: ${what}.`,
    means: "It is the same ledger; this file does not know the newest validators, checkpoints or agencies.",
    todo: "Publishers take it over with npm run trust; holders fetch it anew.",
  },
  BUNDLE_OTHER: {
    says: ({ what }) => `The gateway serves a bundle of another ledger, or one that takes something back: ${what}.`,
    means: "Either this file or the gateway is not what it should be.",
    todo: "Trust neither until the sixteen words were compared with several institutions.",
  },
  CONTRACT_DIFFERS: {
    says: ({ contract, address }) => `The code of ${contract} at ${address} is not the trust bundle's.`,
    means: "The node holds another chain or does not tell the truth: the contracts cannot be changed.",
    todo: "Ask another institution's node; run npm run audit against it.",
  },
};
