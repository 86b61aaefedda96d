import { base64ToBytes } from "../base64.ts";
import { parseHeader } from "../proofs/header.ts";
import { publishTrust, type PublishedAt, type TrustBundle, type TrustedTransition } from "./bundle.ts";

/**
 * The pinned bundle with the offered one's changes of validators, and with nothing else of it: what only the offered one says, as its checkpoints,
 * its names, or how new it is, no validator proves. It reaches to the last header that the changes are proven by. Whether they are is for
 * followTrust. Throws INVALID_PROOF where a change holds what is no header, INVALID_TRUST where the whole is more than a bundle can hold.
 */
export function withChangesOf(pinned: TrustBundle, { transitions }: TrustBundle): TrustBundle {
  const { fingerprint: _, ...facts } = pinned;
  return publishTrust({ ...facts, transitions, publishedAt: reached(pinned.publishedAt, transitions.at(-1)) });
}

function reached(before: PublishedAt, last: TrustedTransition | undefined): PublishedAt {
  const raw = last?.next ?? last?.votes.at(-1);
  if (raw === undefined) return before;
  const { number, timestamp } = parseHeader(base64ToBytes(raw));
  if (number <= before.blockNumber) return before;
  // A header can say more than a date can: a bundle then refuses it.
  return { blockNumber: number, blockTime: new Date(Math.min(timestamp, 8_640_000_000_000) * 1000).toISOString() };
}
