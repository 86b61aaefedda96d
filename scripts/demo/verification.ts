import { z } from "zod";
import type { Gateway } from "./gateway.ts";
import type { Steps } from "./steps.ts";
import type { Notarised } from "./tour.ts";

const verdictOfEffect: Readonly<Record<string, string>> = {
  IN_FORCE: "in-force",
  ANNOTATED: "annotated",
  ENDED: "ended",
  SUPERSEDED: "superseded",
  WITHDRAWN: "withdrawn",
};
const answerShape = z.looseObject({ verdict: z.string(), sentence: z.object({ "zh-CN": z.string(), en: z.string() }) });

async function verdictOf(gateway: Gateway, body: unknown): Promise<z.infer<typeof answerShape>> {
  return answerShape.parse((await gateway.call("POST", "/v1/verifications", { body })).body);
}

/** What the newest decision on a record says, or that it still stands as it was anchored. */
function expectedVerdict({ statuses }: Notarised): string {
  const effect = statuses.at(-1)?.content["effect"] ?? "IN_FORCE";
  return (typeof effect === "string" ? verdictOfEffect[effect] : undefined) ?? "unknown effect";
}

/** A citizen asks for each record; where it was amended, for both versions. */
export async function verifyAll(
  gateway: Gateway,
  records: readonly Notarised[],
  { begin, expect, say }: Steps,
): Promise<void> {
  begin("A citizen verifies each of them");
  const told = new Set<string>();
  for (const record of records) {
    if (record.amendedDigest !== undefined)
      expect(
        `${record.recordId}, first version`,
        (await verdictOf(gateway, { digest: record.digest })).verdict,
        "superseded",
      );
    const answer = await verdictOf(gateway, { digest: record.amendedDigest ?? record.digest });
    expect(record.recordId, answer.verdict, expectedVerdict(record));
    if (!told.has(answer.verdict)) say(answer.sentence["zh-CN"]);
    told.add(answer.verdict);
  }
}

/** A certificate is changed in one character; a stranger's digest is asked for; content is posted with another fine. */
export async function verifyForgeries(
  gateway: Gateway,
  records: readonly Notarised[],
  { begin, expect, say }: Steps,
): Promise<void> {
  begin("Forgeries are caught");
  const record = records.find(
    ({ content, statuses }) => typeof content["fineAmountWan"] === "string" && statuses.length === 0,
  );
  if (!record) throw new Error("the samples have no fine without a status");
  const { body: certificate } = await gateway.call("GET", `/v1/records/${record.digest}/certificate`);
  expect(`the certificate of ${record.recordId}`, (await verdictOf(gateway, { certificate })).verdict, "in-force");
  const forged: unknown = JSON.parse(
    JSON.stringify(certificate).replace(/"fineAmountWan","[^"]*"/, '"fineAmountWan","0.010000"'),
  );
  const answer = await verdictOf(gateway, { certificate: forged });
  expect("the same with another fine", answer.verdict, "altered");
  say(answer.sentence["zh-CN"]);
  const { agency, kind, recordId, content, files } = record;
  const held = { agency, kind, recordId, content, ...(files && { files }) };
  expect("the content as its agency holds it", (await verdictOf(gateway, { record: held })).verdict, "in-force");
  const changed = { ...held, content: { ...content, fineAmountWan: "0.010000" } };
  expect("the content with another fine", (await verdictOf(gateway, { record: changed })).verdict, "altered");
  expect("a digest that nobody notarised", (await verdictOf(gateway, { digest: "5".repeat(64) })).verdict, "unknown");
}
