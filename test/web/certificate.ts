import { concatBytes, hexToBytes, to0x } from "../../core/bytes.ts";
import type { Certificate } from "../../core/certificate/certificate.ts";
import { issueCertificate } from "../../core/certificate/issue.ts";
import { nobleHasher } from "../../core/hash.ts";
import { builtInKinds } from "../../core/kinds/registry.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import { buildTree, orderBatch } from "../../core/ledger/merkle.ts";
import { notarise } from "../../core/record/digest.ts";
import { publicDisclosureNames } from "../../core/record/publicity.ts";
import { asOf, fileHash, market, record } from "../../web/examples/base.ts";

const kind = builtInKinds.byName("credit-penalty")!;
const secretName = "林某某（虚构）";

const notarised = notarise({
  kind,
  agency: market.uscc,
  recordId: "CP-2026-0101",
  content: { ...record.content, legalRepName: secretName },
  amends: null,
  files: [{ name: "行政处罚决定书.pdf", mediaType: "application/pdf", size: 184_320, sha256: fileHash }],
  seed: new Uint8Array(32).fill(7),
  hasher: nobleHasher("sha-256"),
});

/** One of four in its batch, so that it has a path of two. */
function batchOf(digest: string): Certificate["batch"] {
  const others = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
  const ordered = orderBatch(market.uscc, kind.id, concatBytes(hexToBytes(digest), ...others), nobleKeccak);
  const at = [0, 1, 2, 3].find(
    (index) => to0x(ordered.digests.subarray(index * 32, index * 32 + 32)) === `0x${digest}`,
  )!;
  const path = buildTree(ordered.leaves, nobleKeccak).proof(at).map(to0x);
  return { agency: market.uscc, kind: kind.id, root: to0x(ordered.root), count: 4, path };
}

const hash = (byte: string): `0x${string}` => `0x${byte.repeat(32)}`;

/** A real certificate of the examples' record, showing what the public may see except the facts. */
export const certificate: Certificate = issueCertificate({
  record: notarised,
  show: new Set([...publicDisclosureNames(kind, false), "file/0"].filter((name) => name !== "violationFacts")),
  batch: batchOf(notarised.digest),
  ledger: { chainId: 20260101, genesisHash: hash("0a"), address: `0x${"0b".repeat(20)}` },
  anchor: { transaction: hash("0c"), blockNumber: 20417, blockHash: hash("0d"), blockTime: "2026-06-02T01:15:42.000Z" },
  told: {
    by: "虎符示例网关（虚构）",
    agencyName: market.name!,
    asOf: { ...asOf, blockHash: hash("0e") },
    status: {
      effect: "IN_FORCE",
      version: 0,
      since: null,
      actor: null,
      basis: null,
      reason: null,
      explanation: null,
      decisionDate: null,
      successor: null,
    },
  },
});

/** The same with one shown value changed: what a forger would do to a fine. */
export const altered: Certificate = {
  ...certificate,
  disclosures: certificate.disclosures.map(([salt, name, value]) => [
    salt,
    name,
    name === "fineAmountWan" ? "0.050000" : value,
  ]),
};

/** As a file that a citizen keeps. */
export function asFile(value: Certificate, name = "虎符证书.json"): File {
  return new File([JSON.stringify(value)], name, { type: "application/json" });
}
