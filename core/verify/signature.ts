import { concatBytes, hexToBytes, utf8, type Hex } from "../bytes.ts";
import type { BatchSignature, Certificate } from "../certificate/certificate.ts";
import type { Kind } from "../kinds/kind.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { recoverSigner, type SignatureTools } from "../proofs/signature.ts";
import { check, type Check } from "./checks.ts";

/** Bytes of an address, and of a signature r ‖ s ‖ v. */
const ADDRESS = 20;
const ECDSA = 65;

/**
 * The agency's signature over the batch, as evidence: whether this key made it. A key in a contract (ERC-1271, ERC-7913) cannot be asked
 * here, so a signature that no address fits is not checked, and proves nothing.
 */
export function checkSignature(certificate: Certificate, kind: Kind | undefined, tools: SignatureTools): Check {
  const { signature } = certificate.evidence;
  if (signature === null) return check("signature", "SKIPPED", "NO_SIGNATURE");
  const params = { signer: signature.signer };
  const isMade = kind !== undefined && signerOf(certificate, kind, signature, tools) === signature.signer;
  return isMade
    ? check("signature", "VALID", "SIGNATURE_MATCHES", params)
    : check("signature", "SKIPPED", "SIGNATURE_NOT_CHECKED", params);
}

function signerOf(
  { record, ledger }: Certificate,
  kind: Kind,
  { signer, deadline, signature }: BatchSignature,
  tools: SignatureTools,
): string | undefined {
  const bytes = hexToBytes(signature);
  if (hexToBytes(signer).length !== ADDRESS || bytes.length !== ECDSA) return undefined;
  const { agency } = record.header;
  const batch = { agency, kind: kind.id, root: record.batch.root, count: record.batch.count, deadline };
  return recoverSigner(anchorHash(batch, ledger, tools.keccak), bytes, tools);
}

/** What an agency signs: EIP-712 `Anchor` under the ledger's domain. */
export function anchorHash(
  batch: { agency: string; kind: number; root: Hex; count: number; deadline: number },
  { chainId, address }: { readonly chainId: number; readonly address: Hex },
  keccak: Keccak,
): Uint8Array {
  const hashed = (text: string): Uint8Array => keccak.hash(utf8(text));
  const domain = concatBytes(
    hashed("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
    hashed("Hufu RecordLedger"),
    hashed("1"),
    word(chainId),
    padded(hexToBytes(address)),
  );
  const message = concatBytes(
    hashed("Anchor(bytes18 agency,uint8 kind,bytes32 root,uint32 count,uint64 deadline)"),
    concatBytes(utf8(batch.agency), new Uint8Array(14)),
    word(batch.kind),
    hexToBytes(batch.root),
    word(batch.count),
    word(batch.deadline),
  );
  return keccak.hash(concatBytes(Uint8Array.of(0x19, 0x01), keccak.hash(domain), keccak.hash(message)));
}

function word(value: number): Uint8Array {
  return hexToBytes(value.toString(16).padStart(64, "0"));
}

function padded(bytes: Uint8Array): Uint8Array {
  return concatBytes(new Uint8Array(32 - bytes.length), bytes);
}
