import { isList, isObject, textOf } from "../json/shape.ts";
import { guardData, warn, type Guard } from "./guard.ts";

const approval: Guard = ({ approvalRequired, planApprovalNo, currentStage }) => {
  const isPast = guardData.agreement.stagesAfterApproval.includes(textOf(currentStage));
  if (approvalRequired !== true || planApprovalNo !== undefined || !isPast) return [];
  return warn(
    "APPROVAL_MISSING",
    "planApprovalNo",
    "the agreement needs an approval and is in effect without naming it",
  );
};

const signers: Guard = ({ requiredSignerRoles, parties }) => {
  if (!isList(requiredSignerRoles) || !isList(parties)) return [];
  const roles = parties.filter(isObject).map(({ role }) => role);
  const missing = requiredSignerRoles.map(textOf).filter((role) => !roles.includes(role));
  if (missing.length === 0) return [];
  const names = missing.join(", ");
  return warn("SIGNER_WITHOUT_PARTY", "requiredSignerRoles", `must sign and is no party: ${names}`, { roles: names });
};

export const agreementWarnings: readonly Guard[] = [approval, signers];

const usualEffects: Readonly<Record<string, readonly string[]>> = guardData.decision.effects;

const usualEffect: Guard = ({ reason, effect }) => {
  const usual = usualEffects[textOf(reason)];
  if (!usual || usual.includes(textOf(effect))) return [];
  const effects = usual.join(" or ");
  return warn("EFFECT_UNUSUAL", "effect", `this reason usually has the effect ${effects}`, { effects });
};

export const decisionWarnings: readonly Guard[] = [usualEffect];
