import { bytesToBase64 } from "../../core/base64.ts";

/** Trie nodes, each once: proofs under one root share most of theirs. */
export interface NodePool {
  /** The places of these nodes in {@link nodes}, in their order. */
  places(nodes: readonly Uint8Array[]): number[];
  /** base64 */
  readonly nodes: readonly string[];
}

export function createNodePool(): NodePool {
  const places = new Map<string, number>();
  const nodes: string[] = [];

  function placeOf(node: Uint8Array): number {
    const text = bytesToBase64(node);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, nodes.length);
    return nodes.push(text) - 1;
  }

  return { nodes, places: (path) => path.map(placeOf) };
}
