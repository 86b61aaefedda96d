import type { Rpc, RpcAnswer, RpcCall } from "../../../server/chain/rpc.ts";

/** A node that lies: each result goes through `falsify` before anybody sees it. */
export function lyingRpc(rpc: Rpc, falsify: (call: RpcCall, result: unknown) => unknown): Rpc {
  const lie = (call: RpcCall, answer: RpcAnswer): RpcAnswer =>
    answer.ok ? { ok: true, result: falsify(call, answer.result) } : answer;
  return {
    call: async (method, ...params) => falsify({ method, params }, await rpc.call(method, ...params)),
    batch: async (calls) => {
      const answers = await rpc.batch(calls);
      return answers.map((answer, index) => lie(calls[index] ?? { method: "", params: [] }, answer));
    },
  };
}
