import { join, resolve } from "node:path";
import { shorter, startCommand } from "./start-command.ts";
import type { NetworkStatus, ValidatorStatus } from "./status.ts";

/** A network's state for people. */
export function sayStatus(status: NetworkStatus): string {
  const { chainId, folder, signers, height, ageSeconds, isMakingBlocks, validators } = status;
  const running = validators.filter(({ state }) => state === "running").length;
  const head =
    height === null || ageSeconds === null
      ? "No validator answers."
      : `Block ${height}, ${ageSeconds} s ago: ${isMakingBlocks ? "blocks come" : "the chain stands still"}. ${signers.length} may sign.`;
  return [
    `Chain ${chainId} in ${folder}: ${running} of ${validators.length} validators run.`,
    head,
    "",
    ...validators.map(sayValidator),
  ].join("\n");
}

function sayValidator({ number, state, pid, rpc, head, peers, isSigner, island, address }: ValidatorStatus): string {
  const process = {
    running: `process ${pid ?? ""}`,
    stopped: "stopped",
    silent: `process ${pid ?? ""} does not answer`,
  };
  const parts = [
    process[state],
    ...(head === null ? [] : [`block ${head.number}`, `connected with ${peers.join(", ") || "nobody"}`]),
    ...(isSigner === false ? ["not a signer"] : []),
    ...(island === 0 ? [] : ["cut off"]),
  ];
  return `  ${number}  ${rpc}  ${address}  ${parts.join(", ")}`;
}

export interface NextGateway {
  /** its data folder, absolute */
  readonly data: string;
  /** whether its accounts own something on the network */
  readonly canPay: boolean;
}

/** What a person does next with a network that runs. */
export function sayNext({ validators, folder }: NetworkStatus, { data, canPay }: NextGateway): string {
  const running = validators.find(({ state }) => state === "running");
  const isUsual = data === resolve("data");
  const genesis = join(folder, "genesis.json");
  const start = startCommand({ data, genesis, rpc: validators.map((validator) => validator.rpc) });
  const poor =
    "  (it cannot pay: its accounts own nothing here, and only a new network, in another --folder, funds any)";
  return [
    ...["", "", "A gateway on it:", `  ${start}`],
    ...(canPay ? [] : [poor]),
    "What is wrong with the two, if anything:",
    `  npm run doctor${isUsual ? "" : ` -- --data ${shorter(data)}`}`,
    "A trust bundle from a validator's own node, once a gateway runs:",
    `  npm run trust -- --rpc ${running?.rpc ?? "URL"} --from http://127.0.0.1:3000 --genesis ${genesis} \\`,
    `    --publisher "NAME" --validator ${running?.address ?? "ADDRESS"} --out trust.json`,
    "What else can be done with the network:",
    "  npm run network -- --help",
  ].join("\n");
}
