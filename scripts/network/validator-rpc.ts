import { setTimeout as sleep } from "node:timers/promises";
import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { badAnswer, field, hexData } from "../../server/chain/quantity.ts";
import { createRpc, type Rpc } from "../../server/chain/rpc.ts";
import { enodeOf } from "./geth-settings.ts";
import type { ValidatorState } from "./state.ts";

const TIMEOUT_MS = 10_000;
const POLL_MS = 100;

export function urlOf({ ports }: ValidatorState): string {
  return `http://127.0.0.1:${ports.rpc}`;
}

export function rpcOf(validator: ValidatorState): Rpc {
  return createRpc({ url: () => urlOf(validator), timeoutMs: TIMEOUT_MS });
}

/** The signers of the newest block that a validator has, ascending. */
export async function signersAt(validator: ValidatorState): Promise<Hex[]> {
  const answer = await rpcOf(validator).call("clique_getSigners", "latest");
  if (!Array.isArray(answer)) throw badAnswer("its signers are no list");
  return answer.map((item: unknown) => hexData(item, "a signer", 20)).sort();
}

/** With which of `others` a validator is connected. */
export async function peersOf(
  validator: ValidatorState,
  others: readonly ValidatorState[],
): Promise<readonly ValidatorState[]> {
  const answer = await rpcOf(validator).call("admin_peers");
  if (!Array.isArray(answer)) throw badAnswer("its peers are no list");
  const enodes = answer.map((peer: unknown) => String(field(peer, "enode")));
  return others.filter(({ nodeId }) => enodes.some((enode) => enode.includes(nodeId)));
}

/** `one` calls `other`, now and whenever the connection is lost. */
export async function callPeer(one: ValidatorState, other: ValidatorState): Promise<void> {
  await rpcOf(one).call("admin_addPeer", enodeOf(other));
}

/** `one` forgets `other` and hangs up. */
export async function hangUp(one: ValidatorState, other: ValidatorState): Promise<void> {
  await rpcOf(one).call("admin_removePeer", enodeOf(other));
}

/** Waits until `isSo`; a node that does not answer is asked again. `failure` says why it never came. Throws CHAIN_FAILED. */
export async function waitUntil(
  isSo: () => Promise<boolean>,
  withinMs: number,
  failure: () => string | Promise<string>,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if (await isSo().catch(ifSilent)) return;
    if (performance.now() > deadline) throw new HufuError("CHAIN_FAILED", await failure());
    await sleep(POLL_MS);
  }
}

function ifSilent(error: unknown): false {
  if (error instanceof HufuError && error.code === "NODE_UNREACHABLE") return false;
  throw error;
}
