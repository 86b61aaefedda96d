import { readBundle, type Bundle } from "./bundle.ts";
import type { SealedBlock } from "./certificate.ts";
import { cliqueSealHash, cliqueSigners } from "./clique.ts";
import { keccak256 } from "./hash.ts";
import { fromBase64, plainHash, readHeader, type Header } from "./header.ts";
import type { Json } from "./json.ts";
import { isSealedByQuorum, qbftExtra, qbftHash } from "./qbft.ts";
import { signerOf } from "./signature.ts";
import { majorityOf, setsOf, type ValidatorSet } from "./validators.ts";

/** `former`: the proof has to be renewed; `unknown`: a newer bundle may know who sealed it. */
export type Sealed = "sealed" | "not sealed" | "former" | "unknown";

/** A bundle that holds, and the sets of validators that it leads to. */
export interface Trusted {
  readonly bundle: Bundle;
  readonly sets: readonly ValidatorSet[];
}

/** Throws where the file is no bundle, or leads to no validators. */
export function trusted(file: Json): Trusted {
  const bundle = readBundle(file);
  return { bundle, sets: setsOf(bundle) };
}

export function blockHash(header: Header, bundle: Bundle): Buffer {
  return bundle.consensus.type === "qbft" ? qbftHash(header) : plainHash(header);
}

/** Whether the newest validators that the bundle leads to sealed the block. Throws where the block is not one of its chain. */
export function sealedBy(block: SealedBlock, { bundle, sets }: Trusted): Sealed {
  const { consensus } = bundle;
  const header = readHeader(block.header);
  const since = sets.at(-1)?.since ?? 0;
  if (header.number < since) return "former";
  if (consensus.type === "development") return isSealedByGateway(header, block, bundle) ? "sealed" : "not sealed";
  if (consensus.type === "clique") return endorsed(header, block, bundle, sets.slice(-1));
  const newest = sets.at(-1)?.validators ?? [];
  const listed = qbftExtra(header).validators.join();
  if (listed !== newest.join()) {
    const isOld = header.number <= bundle.publishedAt.blockNumber;
    return isOld && sets.some(({ validators }) => validators.join() === listed) ? "former" : "unknown";
  }
  const isOwnManner = block.seal === null && block.following.length === 0;
  return isOwnManner && isSealedByQuorum(header, newest) ? "sealed" : "not sealed";
}

function endorsed(header: Header, block: SealedBlock, bundle: Bundle, newest: readonly ValidatorSet[]): Sealed {
  if (block.seal !== null) return "not sealed";
  const found = cliqueSigners([header, ...block.following.map(readHeader)], newest);
  const isNewer = header.number > bundle.publishedAt.blockNumber;
  if ("fault" in found)
    return found.fault === "unknown" || (found.fault === "set" && isNewer) ? "unknown" : "not sealed";
  const size = newest[0]?.validators.length ?? 0;
  if (new Set(found.signers).size >= majorityOf(size)) return "sealed";
  return isNewer ? "unknown" : "not sealed";
}

function isSealedByGateway(header: Header, { seal, following }: SealedBlock, bundle: Bundle): boolean {
  if (bundle.consensus.type !== "development" || seal === null || following.length > 0) return false;
  const chainId = Buffer.from(bundle.chainId.toString(16).padStart(64, "0"), "hex");
  const sealed = Buffer.concat([Buffer.from("hufu.development-seal.v1"), chainId, plainHash(header)]);
  return signerOf(keccak256(sealed), fromBase64(seal)) === bundle.consensus.sealer;
}

/** Whether two blocks, each of them sealed, are two of one number. On a development chain that is no evidence. */
export function areInConflict(one: SealedBlock, other: SealedBlock, bundle: Bundle): boolean {
  if (bundle.consensus.type === "development") return false;
  const [first, second] = [readHeader(one.header), readHeader(other.header)];
  const content = bundle.consensus.type === "clique" ? cliqueSealHash : qbftHash;
  return first.number === second.number && !content(first).equals(content(second));
}
