import type { JsonObject } from "../../core/json/parse.ts";

/** Fictitious agencies: one that writes penalties, one that writes land agreements, one that oversees the first. */
export const market = "11440310XX0001011N";
export const land = "12440310XX0001089K";
export const overseer = "12440310XX0001097E";

export const penalty: JsonObject = {
  counterpartName: "坪山示例一号食品有限公司（虚构）",
  counterpartType: "LEGAL_OR_OTHER_ORG",
  usccCode: "91440310XX00000190",
  legalRepName: "张示例",
  decisionDocNo: "深坪示市监罚〔2026〕12号",
  violationType: "经营超过保质期食品",
  violationFacts: "（虚构）检查发现货架上有超过保质期的预包装食品6件。",
  penaltyBasis: "《中华人民共和国食品安全法》第一百二十四条第一款第五项",
  penaltyCategories: ["罚款"],
  penaltyContent: "罚款人民币5000元。",
  fineAmountWan: "0.500000",
  decisionDate: "2026-06-01",
  penaltyValidUntil: "2027-06-01",
  publicityMode: "PUBLISH",
  publicityDeadline: "2027-06-01",
  penaltyAuthority: "坪山示例市场监管局（虚构）",
  penaltyAuthorityUscc: market,
  dataSourceUnit: "坪山示例市场监管局（虚构）",
  dataSourceUnitUscc: market,
  remark: "内部备注：不公开",
};

/** The same decision on a natural person: nearly all of it is withheld or masked. */
export const personPenalty: JsonObject = {
  counterpartName: "李示例",
  counterpartType: "NATURAL_PERSON",
  personIdType: "RESIDENT_ID",
  personIdNo: "440310190001010018",
  decisionDocNo: "深坪示市监罚〔2026〕13号",
  violationType: "无证经营",
  violationFacts: "（虚构）无证经营。",
  penaltyBasis: "《无证无照经营查处办法》",
  penaltyCategories: ["警告"],
  penaltyContent: "警告。",
  decisionDate: "2026-06-01",
  penaltyValidUntil: "2027-06-01",
  publicityMode: "PUBLISH",
  penaltyAuthority: "坪山示例市场监管局（虚构）",
  penaltyAuthorityUscc: market,
  dataSourceUnit: "坪山示例市场监管局（虚构）",
  dataSourceUnitUscc: market,
};

export const agreement: JsonObject = {
  agreementNo: "LA-2026-1",
  agreementType: "HANDOVER",
  version: 1,
  projectName: "坪山示例项目（虚构）",
  mode: "SINGLE",
  community: "示例社区",
  parties: [
    { role: "LAND_AGENCY", name: "坪山示例土地整备事务中心（虚构）", idType: "USCC", idCode: land },
    { role: "COLLECTIVE_COMPANY", name: "坪山示例股份合作公司（虚构）", idType: "USCC", idCode: "N2440310XX0000318D" },
  ],
  requiredSignerRoles: ["LAND_AGENCY", "COLLECTIVE_COMPANY"],
  signingOrder: "ANY",
  approvalRequired: false,
  currentStage: "SIGNED",
  handoverAreaSqm: "100.00",
  siteState: "CLEARED",
};

/** The content of a status-decision without its target. */
export function statusContent(effect: string, reason: string, by: string): JsonObject {
  return {
    effect,
    reason,
    decisionDate: "2026-09-09",
    explanation: "（虚构）公开理由。",
    decidingAuthority: "示例机关（虚构）",
    decidingAuthorityUscc: by,
  };
}
