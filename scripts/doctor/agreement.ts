import { HufuError } from "../../core/error.ts";
import { blockAt, blockOf } from "../../server/chain/block.ts";
import { found, type Finding } from "./finding.ts";
import type { SeenNode } from "./nodes.ts";

/** Blocks below a node's newest one at which it is compared while blocks come: forks of a block or two are ordinary under Clique. */
const DEPTH = 6;
/** Blocks that a node may be behind: they are asked one after the other. */
const BEHIND = 10;

/** Whether several nodes hold one chain, and the same blocks of it. `isStill`: no block comes any more, so that no fork settles by itself. */
export async function examineAgreement(nodes: readonly SeenNode[], isStill: boolean): Promise<Finding[]> {
  const [first, ...others] = nodes.toSorted((a, b) => b.head.number - a.head.number);
  if (first === undefined || others.length === 0) return [];
  const compared = others.map((node) => {
    const blocks = first.head.number - node.head.number;
    // What is ordinary among the newest blocks settles with the next ones; these never came, or the node did not take them.
    const depth = isStill || blocks > BEHIND ? 0 : DEPTH;
    return { node, blocks, at: Math.max(0, node.head.number - depth) };
  });
  const findings: Finding[] = [];
  for (const { node, blocks, at } of compared) {
    const { url } = node;
    if ((await hashAt(first, at)) !== (await hashAt(node, at))) {
      const block = await parting(first, node, at);
      findings.push(found("chain", "NODES_FORKED", { one: first.url, other: url, block }));
    } else if (blocks > BEHIND) findings.push(found("chain", "NODE_BEHIND", { url, blocks }));
  }
  if (findings.every(({ code }) => code !== "NODES_FORKED")) {
    const block = Math.min(...compared.map(({ at }) => at));
    findings.push(found("chain", "NODES_AGREE", { nodes: nodes.length, block }));
  }
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
