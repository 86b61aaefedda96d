import { HufuError } from "../../core/error.ts";
import type { Lookup } from "../record/lookup.ts";
import type { Verifications } from "../record/verification.ts";
import type { PageDeps } from "./page.ts";

/** Records with one number that the page lists at most; a number is one agency's, so more would be a fault of theirs. */
const MATCHES = 100;

/** What the page asks of the gateway: the same questions as the API's, as the public. */
export function pageSource(
  lookup: Lookup,
  verifications: Verifications,
): Pick<PageDeps, "byDigest" | "byDocumentNumber" | "verify"> {
  return {
    async byDigest(digest) {
      try {
        return await lookup.find(digest, null);
      } catch (error) {
        if (error instanceof HufuError && error.code === "RECORD_NOT_FOUND") return undefined;
        throw error;
      }
    },
    async byDocumentNumber(kind, documentNumber) {
      const { records } = await lookup.search({ kind, documentNumber }, { after: null, limit: MATCHES }, null);
      return records;
    },
    verify: (digest) => verifications.verify({ digest }),
  };
}
