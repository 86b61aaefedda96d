import { base64ToBytes } from "../../../../core/base64.ts";
import type { Certificate, SealedBlock } from "../../../../core/certificate/certificate.ts";
import { toJsonValue, type JsonValue } from "../../../../core/json/parse.ts";
import { parseHeader } from "../../../../core/proofs/header.ts";
import type { CheckCode, CheckId, Outcome } from "../../../../core/verify/checks.ts";
import type { Seen } from "../../../../core/verify/seen.ts";
import type { Cause, VerdictCode } from "../../../../core/verify/verdict.ts";
import type { BlockFacts } from "../chain.ts";

/** A certificate, under what it is verified, and what has to come of it. */
export interface Case {
  readonly certificate: Certificate;
  /** name of a trust bundle; null: there is none */
  readonly trust?: TrustName | null;
  readonly now?: string;
  readonly maxAgeSeconds?: number;
  readonly seen?: Seen;
  readonly verdict: VerdictCode;
  readonly cause?: Cause;
  /** the check that this case is about */
  readonly check: readonly [CheckId, Outcome, CheckCode];
}

export const trustNames = ["qbft", "after-a-change", "clique", "development", "with-a-checkpoint"] as const;
export type TrustName = (typeof trustNames)[number];

/** By name: that of an invalid case is its reason. */
export type Cases = Readonly<Record<string, () => Case>>;

/** What every altered certificate comes to. */
export function altered(certificate: Certificate, id: CheckId, code: CheckCode, other: Partial<Case> = {}): Case {
  return { certificate, verdict: "altered", check: [id, "INVALID", code], ...other };
}

/** What comes of a certificate that could not be checked. `code` is the cause too, where nothing else is said. */
export function unchecked(certificate: Certificate, id: CheckId, code: Cause & CheckCode, other: Partial<Case> = {}) {
  return { certificate, verdict: "unreachable", cause: code, check: [id, "ERROR", code], ...other } satisfies Case;
}

/** The certificate with another value at a JSON pointer, made of what stands there. undefined takes it out. */
export function withAt(
  certificate: Certificate,
  pointer: string,
  change: (old: JsonValue) => JsonValue | undefined,
): Certificate {
  const copy = structuredClone(toJsonValue(certificate));
  const names = pointer.split("/").slice(1);
  const parent = names.slice(0, -1).reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), copy);
  const last = names.at(-1)!;
  const value = change(Reflect.get(Object(parent), last) as JsonValue); // as: the clone is JSON
  if (value === undefined) Reflect.deleteProperty(Object(parent), last);
  else Reflect.set(Object(parent), last, value);
  return copy as unknown as Certificate; // as: what does not fit is what the tests are about
}

/** The same of a string. */
export function textAt(certificate: Certificate, pointer: string, change: (old: string) => string): Certificate {
  return withAt(certificate, pointer, (old) => change(old as string)); // as: the pointer is one of a string
}

/** The same of a list. */
export function listAt(
  certificate: Certificate,
  pointer: string,
  change: (old: readonly JsonValue[]) => JsonValue,
): Certificate {
  return withAt(certificate, pointer, (old) => change(old as readonly JsonValue[])); // as: the pointer is one of a list
}

/** Another hexadecimal digit at the end. */
export function otherDigit(text: string): string {
  return text.slice(0, -1) + (text.endsWith("0") ? "1" : "0");
}

/** The certificate with another block of the same state, sealed as `seal` does it. */
export function resealed(certificate: Certificate, seal: (facts: BlockFacts) => SealedBlock): Certificate {
  const { number, timestamp, stateRoot } = parseHeader(base64ToBytes(certificate.proof.block.header));
  return { ...certificate, proof: { ...certificate.proof, block: seal({ number, timestamp, stateRoot }) } };
}
