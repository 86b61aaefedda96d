import { HufuError } from "../../core/error.ts";
import { blockAt, blockOf } from "../../server/chain/block.ts";
import { found, type Finding } from "./finding.ts";
import type { SeenNode } from "./nodes.ts";

/** Blocks below the lowest head at which nodes are compared: forks of a block or two are ordinary under Clique. */
const DEPTH = 6;
/** Blocks that a node may be behind: they are asked one after the other. */
const BEHIND = 10;

/** Whether several nodes hold one chain, and the same blocks of it. */
export async function examineAgreement(nodes: readonly SeenNode[]): Promise<Finding[]> {
  const [first, ...others] = nodes.toSorted((a, b) => b.head.number - a.head.number);
  if (first === undefined || others.length === 0) return [];
  const findings = others
    .filter(({ head }) => first.head.number - head.number > BEHIND)
    .map(({ url, head }) => found("chain", "NODE_BEHIND", { url, blocks: first.head.number - head.number }));
  const at = Math.max(0, Math.min(...nodes.map(({ head }) => head.number)) - DEPTH);
  const hashes = new Map<SeenNode, string>();
  for (const node of nodes) hashes.set(node, await hashAt(node, at));
  const forked = others.filter((node) => hashes.get(node) !== hashes.get(first));
  for (const node of forked) {
    const block = await parting(first, node, at);
    findings.push(found("chain", "NODES_FORKED", { one: first.url, other: node.url, block }));
  }
  if (forked.length === 0) findings.push(found("chain", "NODES_AGREE", { nodes: nodes.length, block: at }));
  return findings;
}

/** The first block of which two nodes have different ones; at `to` they have. */
async function parting(one: SeenNode, other: SeenNode, to: number): Promise<number> {
  let [same, differs] = [-1, to];
  while (differs - same > 1) {
    const middle = Math.floor((same + differs) / 2);
    if ((await hashAt(one, middle)) === (await hashAt(other, middle))) same = middle;
    else differs = middle;
  }
  return differs;
}

async function hashAt({ rpc, url }: SeenNode, number: number): Promise<string> {
  const [answer] = await rpc.batch([blockAt(number)]);
  const block = blockOf(answer);
  if (block === null)
    throw new HufuError("NODE_ANSWER", `${url} has no block ${number}, which is below its newest one.`);
  return block.hash;
}
