import type { Bundle } from "./bundle.ts";
import type { SealedBlock } from "./certificate.ts";
import { areTakingTurns, cliqueSigner, isChained, majority } from "./clique.ts";
import { keccak256 } from "./hash.ts";
import { fromBase64, plainHash, readHeader, type Header } from "./header.ts";
import { isSealedByQuorum, qbftExtra, qbftHash } from "./qbft.ts";
import { signerOf } from "./signature.ts";
import { setsOf } from "./validators.ts";

/** `replaced`: by validators of before the newest; `unknown`: by others than the bundle knows, or it is older than it. */
export type Sealed = "sealed" | "not sealed" | "replaced" | "unknown";

export function blockHash(header: Header, bundle: Bundle): Buffer {
  return bundle.consensus.type === "qbft" ? qbftHash(header) : plainHash(header);
}

/** Whether the newest validators that the bundle leads to sealed the block. Throws where the block is not one of its chain. */
export function sealedBy(block: SealedBlock, bundle: Bundle): Sealed {
  const header = readHeader(block.header);
  const sets = setsOf(bundle);
  const newest = sets.at(-1);
  if (newest === undefined || header.number < newest.since) return "replaced";
  if (bundle.consensus.type === "development")
    return isSealedByGateway(header, block, bundle) ? "sealed" : "not sealed";
  if (block.seal !== null) return "not sealed";
  const listed = (set: readonly string[]): string => [...set].sort().join();
  if (bundle.consensus.type === "qbft") {
    const own = listed(qbftExtra(header).validators);
    if (block.following.length > 0) return "not sealed";
    if (own === listed(newest.validators)) return isSealedByQuorum(header, newest.validators) ? "sealed" : "not sealed";
    return sets.some(({ validators }) => own === listed(validators)) ? "replaced" : "unknown";
  }
  const headers = [header, ...block.following.map(readHeader)];
  const signers = headers.map(cliqueSigner);
  const { validators } = newest;
  const known = new Set(sets.flatMap((set) => set.validators));
  if (signers.includes(undefined) || !isChained(headers)) return "not sealed";
  const others = signers.filter((signer) => !validators.includes(signer ?? ""));
  if (others.length > 0) return others.every((signer) => known.has(signer ?? "")) ? "replaced" : "unknown";
  const areEnough = new Set(signers).size >= majority(validators.length);
  return areEnough && areTakingTurns(signers, validators.length) ? "sealed" : "not sealed";
}

function isSealedByGateway(header: Header, { seal, following }: SealedBlock, bundle: Bundle): boolean {
  if (bundle.consensus.type !== "development" || seal === null || following.length > 0) return false;
  const chainId = Buffer.from(bundle.chainId.toString(16).padStart(64, "0"), "hex");
  const sealed = Buffer.concat([Buffer.from("hufu.development-seal.v1"), chainId, plainHash(header)]);
  return signerOf(keccak256(sealed), fromBase64(seal)) === bundle.consensus.sealer;
}
