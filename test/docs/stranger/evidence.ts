import type { Certificate } from "./certificate.ts";
import { keccak256 } from "./hash.ts";
import { signerOf } from "./signature.ts";

const domainType = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
const anchorType = "Anchor(bytes18 agency,uint8 kind,bytes32 root,uint32 count,uint64 deadline)";

/** Whether the signature in the evidence is the signer's over the batch. If not, it proves nothing, and takes nothing away. */
export function isSigned({ record, ledger, evidence }: Certificate, kind: number): boolean {
  if (evidence.signature === null) return false;
  const { signer, deadline, signature } = evidence.signature;
  const { root, count } = record.batch;
  const domain = [
    hashed("Hufu RecordLedger"),
    hashed("1"),
    word(ledger.chainId),
    ledger.address.slice(2).padStart(64, "0"),
  ];
  const agency = Buffer.from(record.header.agency, "ascii").toString("hex").padEnd(64, "0");
  const anchor = [agency, word(kind), root.slice(2), word(count), word(deadline)];
  const signed = Buffer.from(`1901${structHash(domainType, domain)}${structHash(anchorType, anchor)}`, "hex");
  return signerOf(keccak256(signed), Buffer.from(signature.slice(2), "hex"), 27) === signer;
}

function structHash(type: string, words: readonly string[]): string {
  return keccak256(Buffer.from(hashed(type) + words.join(""), "hex")).toString("hex");
}

function hashed(text: string): string {
  return keccak256(Buffer.from(text)).toString("hex");
}

function word(value: number): string {
  return value.toString(16).padStart(64, "0");
}
