import { nothingSeen } from "../../../../core/verify/seen.ts";
import { sealedBlock } from "../chain.ts";
import { asOf, certificate, verify } from "../sample.ts";
import { repaired } from "../scenes.ts";
import { resealed, unchecked, type Cases } from "./case.ts";

/** What only a verifier with a clock or a memory finds. */
export const time: Cases = {
  "too-old": () => ({
    certificate: certificate(),
    now: "2026-12-24T03:05:00.000Z",
    maxAgeSeconds: 30 * 86_400 - 1,
    verdict: "stale",
    cause: "TOO_OLD",
    check: ["freshness", "ERROR", "TOO_OLD"],
  }),
  "in-the-future": () =>
    unchecked(certificate(), "freshness", "IN_THE_FUTURE", { now: "2026-11-24T02:49:59.000Z", maxAgeSeconds: 3600 }),
  "in-the-future-of-whoever-asks-for-no-age": () =>
    unchecked(certificate(), "freshness", "IN_THE_FUTURE", { now: "2026-11-24T02:49:59.999Z" }),
  "older-status": () => {
    const newer = verify(certificate({ ...repaired(), block: { number: asOf.blockNumber + 5 } }));
    return {
      certificate: certificate(),
      seen: { ...nothingSeen, statuses: newer.met?.statuses ?? [] },
      verdict: "stale",
      cause: "OLDER_STATUS",
      check: ["freshness", "ERROR", "OLDER_STATUS"],
    };
  },
  "another-sealed-block-of-the-same-height": () => {
    const other = resealed(certificate(), (facts) =>
      sealedBlock("qbft", { ...facts, parentHash: new Uint8Array(32).fill(9) }),
    );
    const { met } = verify(other);
    return unchecked(certificate(), "seals", "CONFLICTING_HEADERS", {
      seen: { ...nothingSeen, headers: met === null ? [] : [met.header] },
    });
  },
};
