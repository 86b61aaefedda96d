import { housing, record, successor, type Example } from "./base.ts";

/** Not one record: none, or several. */
export const lists: readonly Example[] = [
  {
    name: "several-matches",
    found: {
      is: "matches",
      by: "document-number",
      matches: [
        record,
        {
          ...record,
          digest: successor,
          agency: housing,
          recordId: "CP-2026-0777",
          status: { ...record.status, effect: "ENDED" },
        },
      ],
    },
    values: { kind: "credit-penalty", documentNumber: "深坪示市监罚〔2026〕31号" },
  },
  {
    name: "several-files-matched",
    found: { is: "matches", by: "file", matches: [record, { ...record, digest: successor, documentNumber: null }] },
  },
  {
    name: "no-document",
    found: { is: "no-match", by: "document-number", asked: "深坪示市监罚〔2026〕999号" },
    values: { kind: "credit-penalty", documentNumber: "深坪示市监罚〔2026〕999号" },
  },
  { name: "no-file", found: { is: "no-match", by: "file", asked: "我的扫描件.pdf" } },
];
