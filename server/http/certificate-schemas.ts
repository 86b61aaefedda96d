import { z } from "zod";

import { hex32 } from "../record/post.ts";

/** The forms of certificates, for /openapi.json. What reads one that comes in is core/certificate, which bounds every size too. */

const hex = z.string().regex(/^0x[0-9a-f]*$/);
const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
const base64 = z.base64();
const places = z.array(z.int()).meta({ description: "places in `nodes`, from the root down" });
const slot = z.strictObject({ value: hash, nodes: places });

const record = z.strictObject({
  header: z.strictObject({
    format: z.literal(1),
    algorithm: z.enum(["sha-256", "sm3"]),
    kind: z.string(),
    schemaVersion: z.int(),
    schemaHash: hex32,
    agency: z.string(),
    recordId: z.string(),
    amends: hex32.nullable(),
    files: z.array(hex32),
  }),
  commitments: z.array(hex32.nullable()).meta({ description: "in schema order; null where the disclosure is shown" }),
  disclosures: z.array(z.tuple([z.string(), z.string(), z.unknown()])).meta({ description: "salt, name, value" }),
  digest: hex32,
  batch: z.strictObject({ root: hash, count: z.int(), path: z.array(hash) }),
});

const parts = {
  links: z.array(record).meta({ description: "what the status rests on, in the order in which a verdict walks it" }),
  proof: z.strictObject({
    block: z.strictObject({
      header: base64.meta({ description: "RLP" }),
      following: z.array(base64),
      seal: base64.nullable(),
    }),
    nodes: z.array(base64).meta({ description: "RLP of trie nodes, each once" }),
    account: z.strictObject({ nonce: z.int(), balance: hex, storageRoot: hash, codeHash: hash, nodes: places }),
    slots: z.array(z.strictObject({ batch: slot, status: slot })),
  }),
  evidence: z.strictObject({
    transaction: hash.nullable(),
    blockNumber: z.int(),
    blockHash: hash,
    signature: z.strictObject({ signer: hex, deadline: z.int(), signature: hex }).nullable(),
  }),
};

export const renewal = z.strictObject(parts);

export const certificate = z.strictObject({
  format: z.literal("hufu-certificate"),
  version: z.literal(1),
  record,
  ledger: z.strictObject({ chainId: z.int(), genesisHash: hash, address: hex }),
  ...parts,
  issuedBy: z.string(),
});
