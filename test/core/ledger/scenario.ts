import { toUtf8Bytes, keccak256, solidityPackedKeccak256 } from "ethers";
import { to0x } from "../../../core/bytes.ts";
import type { Divergence } from "../../../core/ledger/divergence.ts";
import type { RawLog } from "../../../core/ledger/events.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { orderBatch } from "../../../core/ledger/merkle.ts";
import { createReplay, type Replay } from "../../../core/ledger/replay.ts";
import { bytes18, encodeEvent, syntheticLog, type EventName } from "./synthetic.ts";

export const market = "11440310XX0001011N";
export const justice = "11440310XX0001070R";
export const credit = "12440310XX0001097E";
export const addresses = {
  agencies: `0x${"a1".repeat(20)}`,
  ledger: `0x${"1e".repeat(20)}`,
};
export const chainId = 31_337;
export const begin = 1_795_000_000;

/** The signer that a scenario enrols an agency with. */
export function signerOf(agency: string): string {
  return keccak256(toUtf8Bytes(agency)).slice(0, 42);
}

/** A digest that is as good as any: 64 hex digits. */
export function digestOf(name: string): string {
  return keccak256(toUtf8Bytes(name)).slice(2);
}

export function leaf(agency: string, kind: number, digest: string): string {
  return solidityPackedKeccak256(["bytes18", "uint8", "bytes32"], [bytes18(agency), kind, `0x${digest}`]);
}

export interface StatusArguments {
  readonly actor: string;
  readonly agency: string;
  readonly kind: number;
  readonly digest: string;
  readonly version: number;
  readonly effect: number;
  readonly basis: string;
  readonly signer: string;
  readonly leaf: string;
}

/** Writes a ledger's logs, one a block and ten seconds apart, as its contracts would or as they never would. */
export interface Scenario {
  readonly logs: RawLog[];
  emit(name: EventName, values: readonly unknown[], address?: string): void;
  /** Enrols with the kinds (by bits) and a signer that is valid from the beginning to the end of time. */
  enrol(agency: string, kinds?: bigint): void;
  anchor(agency: string, kind: number, digests: readonly string[], other?: Partial<AnchorArguments>): void;
  status(change: Partial<StatusArguments> & Pick<StatusArguments, "digest" | "effect" | "basis">): void;
  /** Replays all of it: the state, or the state up to the first divergence. */
  replay(): { replay: Replay; divergence: Divergence | undefined };
}

export interface AnchorArguments {
  readonly root: string;
  readonly count: number;
  readonly deadline: bigint;
  readonly signer: string;
  readonly digests: readonly string[];
}

export function createScenario(): Scenario {
  const logs: RawLog[] = [];

  function emit(name: EventName, values: readonly unknown[], address?: string): void {
    const contract = name === "Anchored" || name === "StatusSet" ? addresses.ledger : addresses.agencies;
    const place = { block: logs.length + 1, index: 0, time: begin + 10 * logs.length };
    logs.push(syntheticLog(address ?? contract, place, encodeEvent(name, values)));
  }
  function enrol(agency: string, kinds = 0b11110n): void {
    emit("AgencyEnrolled", [bytes18(agency), `agency ${agency}`]);
    emit("KindsSet", [bytes18(agency), kinds]);
    emit("SignerSet", [bytes18(agency), signerOf(agency), 0, 2 ** 40 - 1]);
  }
  function anchor(
    agency: string,
    kind: number,
    digests: readonly string[],
    other: Partial<AnchorArguments> = {},
  ): void {
    const batch = orderBatch(agency, kind, new Uint8Array(Buffer.from(digests.join(""), "hex")), nobleKeccak);
    const ordered = Array.from(digests, (_, index) => to0x(batch.digests.subarray(32 * index, 32 * index + 32)));
    const usual = { root: to0x(batch.root), count: digests.length, deadline: 2n ** 64n - 1n, signer: signerOf(agency) };
    const all = { ...usual, digests: ordered, ...other };
    emit("Anchored", [bytes18(agency), kind, all.root, all.count, all.deadline, all.signer, all.digests]);
  }
  function status(change: Partial<StatusArguments> & Pick<StatusArguments, "digest" | "effect" | "basis">): void {
    const { actor = market, agency = market, kind = 1, digest, version = 1, effect, basis } = change;
    const named = change.leaf ?? leaf(agency, kind, digest);
    const parties = [named, bytes18(actor), bytes18(agency)];
    const signer = change.signer ?? signerOf(actor);
    emit("StatusSet", [...parties, kind, `0x${digest}`, version, effect, `0x${basis}`, signer]);
  }
  function replay(): { replay: Replay; divergence: Divergence | undefined } {
    const state = createReplay({ chainId, ...addresses, keccak: nobleKeccak });
    let divergence: Divergence | undefined;
    for (const log of logs) divergence = state.apply(log, log.blockTimestamp ?? 0);
    return { replay: state, divergence };
  }
  return { logs, emit, enrol, anchor, status, replay };
}

/** Three enrolled agencies, `justice` overseeing `market` for ANNOTATED and WITHDRAWN, one record and one decision of each. */
export function ordinaryLedger(): Scenario {
  const scenario = createScenario();
  for (const agency of [market, justice, credit]) scenario.enrol(agency);
  scenario.emit("OversightSet", [bytes18(justice), bytes18(market), 0b100100]);
  for (const agency of [market, justice]) {
    scenario.anchor(agency, 1, [digestOf(`${agency} record`), digestOf(`${agency} other`)]);
    scenario.anchor(agency, 4, [digestOf(`${agency} decision`)]);
  }
  return scenario;
}
