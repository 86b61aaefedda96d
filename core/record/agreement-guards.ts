import type { JsonObject } from "../json/parse.ts";
import { guardData, warn, type Guard } from "./guard.ts";

const approval: Guard = ({ approvalRequired, planApprovalNo, currentStage }) => {
  const isPast = guardData.agreement.stagesAfterApproval.includes(String(currentStage));
  if (approvalRequired !== true || planApprovalNo !== undefined || !isPast) return [];
  return warn(
    "APPROVAL_MISSING",
    "planApprovalNo",
    "the agreement needs an approval and is in effect without naming it",
  );
};

const signers: Guard = ({ requiredSignerRoles, parties }) => {
  if (!Array.isArray(requiredSignerRoles) || !Array.isArray(parties)) return [];
  const roles = (parties as readonly JsonObject[]).map(({ role }) => role); // as: object[] by the schema
  const missing = requiredSignerRoles.map(String).filter((role) => !roles.includes(role));
  if (missing.length === 0) return [];
  const names = missing.join(", ");
  return warn("SIGNER_WITHOUT_PARTY", "requiredSignerRoles", `must sign and is no party: ${names}`, { roles: names });
};

export const agreementWarnings: readonly Guard[] = [approval, signers];

const usualEffects: Readonly<Record<string, readonly string[]>> = guardData.decision.effects;

const usualEffect: Guard = ({ reason, effect }) => {
  const usual = usualEffects[String(reason)];
  if (!usual || usual.includes(String(effect))) return [];
  const effects = usual.join(" or ");
  return warn("EFFECT_UNUSUAL", "effect", `this reason usually has the effect ${effects}`, { effects });
};

export const decisionWarnings: readonly Guard[] = [usualEffect];
