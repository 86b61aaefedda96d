import { parentPort, workerData } from "node:worker_threads";
import { createKeccak } from "../../../core/ledger/keccak.ts";
import type { Consensus } from "../../../core/proofs/consensus.ts";
import { HufuError } from "../../../core/error.ts";
import { wasmRecover } from "../../../server/chain/recover.ts";
import { factsOf, type HeaderFacts } from "./facts.ts";

/** Raw headers to look at; they are answered under the same id. */
export interface HeaderTask {
  readonly id: number;
  readonly raws: readonly Uint8Array[];
}

export type HeaderAnswer =
  { readonly id: number; readonly facts: readonly HeaderFacts[] } | { readonly id: number; readonly error: string };

const consensus = workerData as Consensus; // as: createHeaderPool starts this file with it
const tools = { keccak: await createKeccak(), recover: wasmRecover };

parentPort?.on("message", ({ id, raws }: HeaderTask) => {
  parentPort?.postMessage(answer(id, raws));
});

function answer(id: number, raws: readonly Uint8Array[]): HeaderAnswer {
  try {
    return { id, facts: raws.map((raw) => factsOf(raw, consensus, tools)) };
  } catch (error) {
    return { id, error: error instanceof HufuError ? error.message : String(error) };
  }
}
