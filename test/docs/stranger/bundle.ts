import { createHash } from "node:crypto";
import { canonical, type Json, type JsonObject } from "./json.ts";
import { createShape } from "./shape.ts";
import { wordsOf } from "./words.ts";

export type Consensus =
  | { readonly type: "qbft"; readonly epoch: number }
  | { readonly type: "clique"; readonly epoch: number; readonly period: number }
  | { readonly type: "development"; readonly sealer: string };

interface Contract {
  readonly address: string;
  readonly codeHash: string;
}

export interface Bundle {
  readonly chainId: number;
  readonly genesis: { readonly hash: string; readonly header: string; readonly config: JsonObject | null };
  readonly consensus: Consensus;
  readonly transitions: readonly { readonly votes: readonly string[]; readonly next: string | null }[];
  readonly checkpoints: readonly { readonly blockNumber: number; readonly blockHash: string }[];
  readonly contracts: Readonly<Record<"accessManager" | "agencies" | "ledger" | "p256Verifier", Contract>>;
  readonly deploymentBlock: number;
  readonly agencies: readonly { readonly uscc: string; readonly name: string }[];
  readonly publishers: readonly { readonly name: string; readonly role: string; readonly validator: string | null }[];
  readonly publishedAt: { readonly blockNumber: number; readonly blockTime: string };
  readonly fingerprint: { readonly sha256: string; readonly words: Json };
}

const hasShape = createShape("trust", 4_194_304);

/** SHA-256 over the text of the bundle without its fingerprint, and the words of its first half. */
export function fingerprintOf(bundle: JsonObject): { sha256: string; words: Json } {
  const { fingerprint: _, ...facts } = bundle;
  const bytes = createHash("sha256").update(canonical(facts)).digest();
  return { sha256: bytes.toString("hex"), words: wordsOf(bytes.subarray(0, 16)) };
}

const shows = /[^\s\p{Default_Ignorable_Code_Point}]/u;
const hides = /[\p{Cc}\p{Bidi_Control}]/u;

function isInOrder(keys: readonly (string | number)[]): boolean {
  return keys.every((key, i) => i === 0 || key > (keys[i - 1] ?? key));
}

/** Throws where the file is none of version 1, or its fingerprint is another's. */
export function readBundle(value: Json): Bundle {
  if (!hasShape(value)) throw new Error("not a trust bundle of version 1");
  const bundle = value as unknown as Bundle & JsonObject; // as: just looked at
  const names = [...bundle.agencies, ...bundle.publishers].map(({ name }) => name);
  const areInOrder = [bundle.checkpoints.map((one) => one.blockNumber), bundle.agencies.map((one) => one.uscc)];
  if (!areInOrder.every(isInOrder)) throw new Error("checkpoints or agencies out of order");
  if (!names.every((name) => shows.test(name) && !hides.test(name))) throw new Error("a name that is not as it looks");
  if (canonical(fingerprintOf(bundle)) !== canonical(bundle.fingerprint)) throw new Error("another fingerprint");
  return bundle;
}
