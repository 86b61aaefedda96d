/**
 * Chinese words for values that a kind's schema gives as codes alone. They stand here because a schema's text is bound by the digest of
 * every record and is never changed for the sake of a page.
 */
export const codeWords: Readonly<Record<string, string>> = {
  // stages of an enforcement action
  FILED: "立案",
  INSPECTED: "检查",
  EVIDENCE_FIXED: "固定证据",
  STATEMENT_WAIVED: "放弃陈述申辩",
  NOTICE_SERVED: "告知",
  HEARING_REQUESTED: "申请听证",
  HEARING_NOTICED: "通知听证",
  HEARING_HELD: "举行听证",
  HEARING_WAIVED: "放弃听证",
  LEGAL_REVIEW_PASSED: "法制审核通过",
  COLLECTIVE_DISCUSSED: "集体讨论",
  COERCIVE_MEASURE: "采取强制措施",
  COERCIVE_EXTENDED: "延长强制措施",
  COERCIVE_LIFTED: "解除强制措施",
  DECIDED: "作出决定",
  NOT_PENALIZED: "不予处罚",
  SERVED: "送达",
  EXECUTED: "执行完毕",
  PAYMENT_OVERDUE: "逾期未缴",
  RECTIFIED: "已改正",
  CLOSED: "结案",
  // stages of a land agreement
  DRAFT: "起草",
  SIGNING: "签署中",
  SIGNED: "已签署",
  EFFECTIVE: "已生效",
  VACATED: "已腾空",
  TITLE_CANCELLED: "产权已注销",
  STORED: "已入库",
  AMENDED: "已变更",
  INVALIDATED: "已失效",
  // parties
  LAND_AGENCY: "土地整备机构",
  PLANNING_BUREAU: "规划主管部门",
  SUBDISTRICT_OFFICE: "街道办事处",
  COLLECTIVE_COMPANY: "股份合作公司",
  RIGHT_HOLDER: "权利人",
  CO_RIGHT_HOLDER: "共有权利人",
  WITNESS: "见证人",
  ANY: "不分先后",
  SEQUENTIAL: "依次签署",
  // papers that identify somebody
  USCC: "统一社会信用代码",
  RESIDENT_ID: "居民身份证",
  PASSPORT: "护照",
  HK_MACAO_PERMIT: "港澳居民来往内地通行证",
  TAIWAN_PERMIT: "台湾居民来往大陆通行证",
  FOREIGN_RESIDENT_ID: "外国人永久居留身份证",
  // rules of publicity
  "NDRC-36-2025": "信用修复管理办法（国家发展改革委令第36号）",
  "NDRC-58-2023": "信用修复管理办法（国家发展改革委令第58号，已废止）",
};
