import { keccak256 } from "./hash.ts";
import { topics, type Log } from "./logs.ts";
import { createReplay } from "./replay.ts";

/** What the page says stands in a trust.json. */
export interface Trust {
  readonly chainId: number;
  readonly genesisHash: string;
  readonly addresses: { readonly ledger: string; readonly agencies: string };
  readonly codeHashes: { readonly ledger: string; readonly agencies: string };
  readonly deploymentBlock: number;
}

type NodeLog = Omit<Log, "blockNumber" | "logIndex"> & { readonly blockNumber: string; readonly logIndex: string };

/** The replay of a node's ledger by the page's seven steps, without the last two. Throws where a step fails. */
export async function replayNode(url: string, trust: Trust) {
  const { ledger, agencies } = trust.addresses;
  const call = async <T>(method: string, ...params: readonly unknown[]): Promise<T> => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
    return ((await response.json()) as { result: T }).result; // as: JSON-RPC says what each method gives
  };
  const blockAt = (tag: string): Promise<{ hash: string; timestamp: string }> => {
    return call("eth_getBlockByNumber", tag, false);
  };

  same("chain", await call<string>("eth_chainId"), quantity(trust.chainId));
  same("genesis", (await blockAt("0x0")).hash, trust.genesisHash);
  for (const name of ["ledger", "agencies"] as const) {
    const code = await call<string>("eth_getCode", trust.addresses[name], "latest");
    same(name, `0x${keccak256(Buffer.from(code.slice(2), "hex")).toString("hex")}`, trust.codeHashes[name]);
  }
  const last = await call<string>("eth_blockNumber");
  const range = { fromBlock: quantity(trust.deploymentBlock), toBlock: last };
  const logs = await call<NodeLog[]>("eth_getLogs", { ...range, address: [ledger, agencies], topics: [topics] });
  const replay = createReplay({ chainId: trust.chainId, ledger, agencies });
  for (const log of logs) {
    const { timestamp } = await blockAt(log.blockNumber);
    const place = { blockNumber: Number(log.blockNumber), logIndex: Number(log.logIndex) };
    same(`rule at block ${place.blockNumber}`, replay.take({ ...log, ...place }, Number(timestamp)), undefined);
  }
  return {
    ...replay,
    events: logs.length,
    storage: (address: string, slot: string) => call<string>("eth_getStorageAt", address, slot, last),
  };
}

function same<T>(what: string, found: T, wanted: T): void {
  if (found !== wanted) throw new Error(`${what}: ${String(found)} instead of ${String(wanted)}`);
}

function quantity(value: number): string {
  return `0x${value.toString(16)}`;
}
