import { isList, isObject, textOf } from "../json/shape.ts";
import { daysBetween, workingDaysBetween } from "./calendar.ts";
import type { Content } from "./content.ts";
import { guardData, warn, type Guard } from "./guard.ts";

const limits = guardData.enforcement;

type DocumentType = keyof typeof limits.documents;

/** Days of the documents of one type, earliest first. */
function documentDays({ documents }: Content, type: DocumentType): readonly string[] {
  if (!isList(documents)) return [];
  const names = limits.documents[type];
  const ofType = documents.filter(isObject).filter((item) => names.includes(textOf(item["type"])));
  return ofType.map(({ date }) => textOf(date)).toSorted();
}

function stepsOf({ steps }: Content): readonly string[] {
  return isList(steps) ? steps.map(textOf) : [];
}

/** Whether the case was decided, and none of `stages` came before. */
function decidedWithout(content: Content, ...stages: readonly string[]): boolean {
  const steps = stepsOf(content);
  const decided = steps.indexOf("DECIDED");
  return decided >= 0 && !steps.slice(0, decided).some((step) => stages.includes(step));
}

const officers: Guard = (content) => {
  const count = isList(content["officers"]) ? content["officers"].length : 0;
  if (count >= limits.minOfficers || !stepsOf(content).includes("INSPECTED")) return [];
  return warn("OFFICERS_TOO_FEW", "officers", `an inspection needs at least ${limits.minOfficers} officers`, {
    min: limits.minOfficers,
  });
};

const caseLength: Guard = (content) => {
  const filed = textOf(content["filedDate"]);
  const { decisionDueDate } = content;
  const [decided] = documentDays(content, "decision");
  const days = { days: limits.caseDays };
  const late = decided !== undefined && daysBetween(filed, decided) > limits.caseDays;
  if (late)
    return warn(
      "CASE_TOO_LONG",
      "documents",
      `decided more than ${limits.caseDays} days after the case was filed`,
      days,
    );
  if (typeof decisionDueDate !== "string" || daysBetween(filed, decisionDueDate) <= limits.caseDays) return [];
  return warn("CASE_TOO_LONG", "decisionDueDate", `more than ${limits.caseDays} days after the case was filed`, days);
};

const seizure: Guard = (content) => {
  const steps = stepsOf(content);
  if (!steps.includes("COERCIVE_MEASURE")) return [];
  const extensions = steps.filter((step) => step === "COERCIVE_EXTENDED").length;
  const allowed = limits.seizureDays + Math.min(extensions, 1) * limits.seizureExtensionDays;
  const [start] = documentDays(content, "seizure");
  const end = documentDays(content, "seizureEnd").at(-1);
  const tooLong = start !== undefined && end !== undefined && daysBetween(start, end) > allowed;
  if (tooLong || extensions > 1)
    return warn("SEIZURE_TOO_LONG", "steps", `lasted more than ${allowed} days, or was extended more than once`, {
      days: allowed,
    });
  if (steps.includes("COERCIVE_LIFTED") || !steps.includes("CLOSED")) return [];
  return warn("SEIZURE_NOT_ENDED", "steps", "the case was closed while the sealing or seizure lasted");
};

/** In the summary procedure the notice is given by word of mouth, and leaves no step. */
const notice: Guard = (content) =>
  content["procedure"] === "ORDINARY" && decidedWithout(content, "NOTICE_SERVED")
    ? warn("NO_NOTICE", "steps", "decided without a notice of facts, grounds and rights before")
    : [];

const hearing: Guard = (content) =>
  content["hearingRequired"] === true && decidedWithout(content, "HEARING_HELD", "HEARING_WAIVED")
    ? warn("NO_HEARING", "steps", "a hearing is required, and the case was decided without one that was held or waived")
    : [];

const hearingNotice: Guard = (content) => {
  const [told] = documentDays(content, "hearingNotice");
  const [held] = documentDays(content, "hearing");
  const days = told === undefined || held === undefined ? null : workingDaysBetween(told, held);
  if (days === null || days >= limits.hearingNoticeWorkingDays) return [];
  const { hearingNoticeWorkingDays: min } = limits;
  return warn("HEARING_NOTICE_SHORT", "documents", `the hearing was notified less than ${min} working days ahead`, {
    min,
    days,
  });
};

const legalReview: Guard = (content) =>
  content["legalReviewRequired"] === true && decidedWithout(content, "LEGAL_REVIEW_PASSED")
    ? warn("NO_LEGAL_REVIEW", "steps", "a legal review is required, and the case was decided without one that passed")
    : [];

const summary: Guard = (content) =>
  content["procedure"] === "SUMMARY" && (content["hearingRequired"] === true || content["legalReviewRequired"] === true)
    ? warn(
        "SUMMARY_NOT_ALLOWED",
        "procedure",
        "the summary procedure is for warnings and small fines: neither needs a hearing or a legal review",
      )
    : [];

const service: Guard = (content) => {
  const [decided] = documentDays(content, "decision");
  const served = documentDays(content, "service").find((day) => decided !== undefined && day >= decided);
  const days = decided === undefined || served === undefined ? null : workingDaysBetween(decided, served);
  if (days === null || days <= limits.serviceWorkingDays) return [];
  const { serviceWorkingDays: max } = limits;
  return warn("SERVED_LATE", "documents", `served more than ${max} working days after the decision`, { max, days });
};

export const enforcementWarnings: readonly Guard[] = [
  officers,
  caseLength,
  seizure,
  notice,
  hearing,
  hearingNotice,
  legalReview,
  summary,
  service,
];
