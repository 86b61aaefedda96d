import type { Keccak } from "../../core/ledger/keccak.ts";
import { parseHeader, type BlockHeader } from "../../core/proofs/header.ts";
import { readHeaders } from "./header.ts";
import type { Rpc } from "./rpc.ts";

/** Headers in one request. */
const atOnce = 200;

/** The headers of the blocks from `from` to `to`, in lists; while one is worked on, the next is fetched. */
export async function* streamHeaders(
  rpc: Rpc,
  keccak: Keccak,
  from: number,
  to: number,
): AsyncGenerator<readonly BlockHeader[], void, undefined> {
  const read = async (first: number): Promise<readonly BlockHeader[]> => {
    const numbers = Array.from({ length: Math.min(atOnce, to - first + 1) }, (_, index) => first + index);
    const headers = numbers.length === 0 ? [] : await readHeaders(rpc, numbers, keccak);
    return headers.map(({ raw }) => parseHeader(raw));
  };
  let next = read(from);
  for (let first = from; first <= to; first += atOnce) {
    const headers = await next;
    next = first + atOnce <= to ? read(first + atOnce) : Promise.resolve([]);
    next.catch(() => undefined); // met at its turn
    yield headers;
  }
}
