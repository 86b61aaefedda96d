import type { RecordView } from "../answers.ts";
import { resultOfAnswer } from "../result.ts";
import { answer, record, type Example } from "./base.ts";

const agency = { uscc: "12440310XX0001089K", name: "坪山示例土地整备事务中心（虚构）" };

const agreement: RecordView = {
  ...record,
  agency,
  kind: "land-agreement",
  recordId: "LA-2026-0101",
  documentNumber: "深坪示整备协〔2026〕5号",
  content: {
    agreementNo: "深坪示整备协〔2026〕5号",
    agreementType: "IMPLEMENTATION",
    version: 1,
    projectName: "坪山示例片区土地整备项目（虚构）",
    mode: "AREA",
    community: "示例社区",
    parties: [
      { role: "LAND_AGENCY", name: "坪山示例土地整备事务中心（虚构）", idType: "USCC", idCode: "12440310XX0001089K" },
      { role: "RIGHT_HOLDER", name: "陈*", idType: null, idCode: null },
    ],
    requiredSignerRoles: ["LAND_AGENCY", "RIGHT_HOLDER"],
    signingOrder: "ANY",
    approvalRequired: true,
    planApprovalNo: "深坪示规〔2026〕2号",
    currentStage: "EFFECTIVE",
    totalAreaSqm: "5200.50",
    storedAreaSqm: "4100.00",
    retainedAreaSqm: "1100.50",
    compensationYuan: "3000000.00",
    paymentSchedule: [
      { no: 1, dueOn: "签约后三十日内", yuan: "1000000.00" },
      { no: 2, dueOn: "移交后三十日内", yuan: "2000000.00" },
    ],
    fieldOfTomorrow: "新版本才有的字段",
  },
  notShown: ["buildingAreaSqm", "propertyCertificateNo"],
  files: [],
};

/** Lists of objects, numbers, truth values, and a field that this page's kinds do not know. */
export const landAgreement: Example = {
  name: "land-agreement",
  found: {
    is: "result",
    result: resultOfAnswer(
      {
        ...answer,
        agency,
        kind: "land-agreement",
        documentNumber: "深坪示整备协〔2026〕5号",
        sentence: {
          "zh-CN": "这是坪山示例土地整备事务中心（虚构）登记的土地整备协议，真实；截至区块48213现行有效。",
          en: "Genuine: a land agreement of 坪山示例土地整备事务中心（虚构）, in force as of block 48213.",
        },
      },
      agreement,
    ),
  },
};
