import { join } from "node:path";
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

/** What a person does next with a network that runs. */
export function sayNext({ validators, folder }: NetworkStatus, data: string | undefined): string {
  const running = validators.find(({ state }) => state === "running");
  const rpc = running?.rpc ?? "URL";
  const variables = data === undefined || data === "./data" || data === "data" ? "" : `HUFU_DATA=${data} `;
  const unfunded = "  (its accounts own something only if the network was made with --data, its data folder)";
  return [
    ...["", "", "A gateway on it:", `  ${variables}npm start -- --rpc ${rpc}`],
    ...(data === undefined ? [unfunded] : []),
    "A trust bundle from a validator's own node, once a gateway runs:",
    `  npm run trust -- --rpc ${rpc} --from http://127.0.0.1:3000 --genesis ${join(folder, "genesis.json")} \\`,
    `    --publisher "NAME" --validator ${running?.address ?? "ADDRESS"} --out trust.json`,
    "What else can be done with the network:",
    "  npm run network -- --help",
  ].join("\n");
}
