import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { HufuError } from "../../core/error.ts";
import { knowsChain } from "../doctor/database.ts";
import { hasNetwork } from "./state.ts";

/** In the network's folder: a gateway's data folder, where the usual one is of use on another chain alone. It goes when the network goes. */
export const ownGateway = "gateway";

export interface GatewayFolderInput {
  /** the network's folder, whether there is a network in it or not */
  readonly folder: string;
  /** the data folder that was asked for; undefined: nobody asked for one */
  readonly named: string | undefined;
  /** where `npm start` works if it is told nothing */
  readonly usual: string;
}

/**
 * The data folder, as an absolute path, of the gateway that a network is for: only the genesis block funds its accounts. Throws INVALID_REQUEST where there is no network yet
 * and the folder's ledger is on another chain, on which a gateway in it would insist.
 */
export function gatewayFolder({ folder, named, usual }: GatewayFolderInput): string {
  const own = join(resolve(folder), ownGateway);
  if (hasNetwork(folder)) return resolve(named ?? (existsSync(own) ? own : usual));
  const data = resolve(named ?? (knowsChain(usual) ? own : usual));
  if (!knowsChain(data)) return data;
  throw new HufuError(
    "INVALID_REQUEST",
    `${data} holds the ledger of another chain: name another folder for the gateway on this network (--data).`,
  );
}
