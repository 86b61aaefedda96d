import { auditFault } from "./fault.ts";
import type { AuditDivergence } from "./report.ts";

/**
 * What it means that others seal block `number` than the trust file says: it knows the validators up to the block that it was published at, so that up
 * to there this is `wrong`. After it they may have changed, which is no proof and nobody's fault: throws TRUST_TOO_OLD.
 */
export function otherValidators(number: number, publishedAt: number, wrong: AuditDivergence): AuditDivergence {
  if (number <= publishedAt) return wrong;
  const sentence = `Block ${number} is sealed by validators that the trust file does not know: they changed after it was made.`;
  throw auditFault(
    "TRUST_TOO_OLD",
    `${sentence} Make a newer one (npm run trust), or fetch it where you had this one.`,
  );
}
