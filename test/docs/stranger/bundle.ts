import { createHash } from "node:crypto";
import { canonical, type Json, type JsonObject } from "./json.ts";
import * as is from "./shape.ts";
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
  readonly fingerprint: { readonly sha256: string; readonly words: Json };
}

const contract = is.members({ address: is.address, codeHash: is.hash });
const instant = is.matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const shape = is.members({
  format: is.exactly("hufu-trust"),
  version: is.exactly(1),
  chainId: is.number(1),
  genesis: is.members({ hash: is.hash, header: is.base64, config: is.orNull(is.anyObject) }),
  consensus: is.oneOf(
    is.members({ type: is.exactly("qbft"), epoch: is.number(1) }),
    is.members({ type: is.exactly("clique"), epoch: is.number(1), period: is.number(0) }),
    is.members({ type: is.exactly("development"), sealer: is.address }),
  ),
  transitions: is.listOf(is.members({ votes: is.listOf(is.base64, { min: 1 }), next: is.orNull(is.base64) })),
  checkpoints: is.listOf(is.members({ blockNumber: is.number(0), blockHash: is.hash })),
  contracts: is.members({ accessManager: contract, agencies: contract, ledger: contract, p256Verifier: contract }),
  deploymentBlock: is.number(0),
  agencies: is.listOf(is.members({ uscc: is.matching(/^[0-9A-Z]{18}$/), name: is.text })),
  publishers: is.listOf(
    is.members({
      name: is.text,
      role: is.exactly("gateway", "validator"),
      validator: is.orNull(is.address),
      url: is.orNull(is.text),
    }),
  ),
  publishedAt: is.members({ blockNumber: is.number(0), blockTime: instant }),
  fingerprint: is.members({ sha256: is.digest, words: is.members({ en: is.text, "zh-CN": is.text }) }),
});

/** SHA-256 over the text of the bundle without its fingerprint, and the words of its first half. */
export function fingerprintOf(bundle: JsonObject): { sha256: string; words: Json } {
  const { fingerprint: _, ...facts } = bundle;
  const bytes = createHash("sha256").update(canonical(facts)).digest();
  return { sha256: bytes.toString("hex"), words: wordsOf(bytes.subarray(0, 16)) };
}

/** Throws where the file is none of version 1, or its fingerprint is another's. */
export function readBundle(value: Json): Bundle {
  if (!shape(value)) throw new Error("not a trust bundle of version 1");
  const bundle = value as unknown as Bundle & JsonObject; // as: just looked at
  if (canonical(fingerprintOf(bundle)) !== canonical(bundle.fingerprint)) throw new Error("another fingerprint");
  return bundle;
}
