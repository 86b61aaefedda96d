import type { Hex } from "../../core/bytes.ts";
import { createRpc, type Rpc } from "../../server/chain/rpc.ts";
import { refusalOf } from "../server/chain/price-zero-node.ts";
import { serveNode } from "../server/chain/served-node.ts";

/** Stands before real nodes of a chain without a base fee, one address for each, and lets through what validators do that take no price but 0. */
export interface PriceZeroProxy {
  readonly urls: readonly string[];
  /** the sentences of its refusals */
  readonly refused: string[];
  /** what it answers to eth_gasPrice; null: what the node behind it does */
  suggested: Hex | null;
  close(): Promise<void>;
}

const TIMEOUT_MS = 10_000;

export async function startPriceZeroProxy(nodes: readonly string[]): Promise<PriceZeroProxy> {
  const served = await Promise.all(
    nodes.map((url) => serveNode(filtered(createRpc({ url: () => url, timeoutMs: TIMEOUT_MS }), () => proxy))),
  );
  const proxy: PriceZeroProxy = {
    urls: served.map(({ url }) => url),
    refused: [],
    suggested: "0x0",
    async close() {
      await Promise.all(served.map((each) => each.close()));
    },
  };
  return proxy;
}

function filtered(node: Rpc, proxy: () => PriceZeroProxy): Rpc {
  return {
    ...node,
    async batch(calls) {
      const refusals = calls.map(({ method, params }) => refusalOf(method, params));
      const answers = await node.batch(calls.filter((_, index) => refusals[index] === null));
      proxy().refused.push(...refusals.filter((why) => why !== null));
      return calls.map(({ method }, index) => {
        const message = refusals[index] ?? null;
        if (message !== null) return { ok: false, error: { code: -32_000, message, data: null } };
        const answer = answers.shift()!;
        const { suggested } = proxy();
        return method === "eth_gasPrice" && suggested !== null ? { ok: true, result: suggested } : answer;
      });
    },
  };
}
