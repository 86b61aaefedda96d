import { relative, resolve } from "node:path";

export interface StartInput {
  /** the gateway's data folder, absolute */
  readonly data: string;
  /** the chain's genesis file */
  readonly genesis: string;
  /** where the validators answer: all of them, for one may be down when the gateway starts, or later */
  readonly rpc: readonly string[];
}

/** The command that starts a gateway on a network, as a person types it in this folder. */
export function startCommand({ data, genesis, rpc }: StartInput): string {
  const variables = [
    ...(data === resolve("data") ? [] : [`HUFU_DATA=${shorter(data)}`]),
    `HUFU_GENESIS=${shorter(genesis)}`,
  ];
  return [...variables, "npm start -- --rpc", rpc.join(",")].join(" ");
}

/** The path from the folder in which the commands will be run, if it lies below it. */
export function shorter(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? resolve(path) : short || ".";
}
