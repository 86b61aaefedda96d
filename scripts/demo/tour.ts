import type { Answer, Gateway } from "./gateway.ts";
import type { Sample } from "./samples.ts";
import type { Steps } from "./steps.ts";

/** A sample that is in the ledger. */
export interface Notarised extends Sample {
  readonly digest: string;
  /** the version that took its place */
  amendedDigest?: string;
}

const WAIT_SECONDS = 60;

const digestOf = ({ body }: Answer): string => String(body["digest"]);
const anchored = (answers: readonly Answer[]): number => answers.filter(({ status }) => status === 200).length;

/** Every agency posts its decisions, and waits until they are anchored. */
export async function notariseAll(
  gateway: Gateway,
  samples: readonly Sample[],
  { begin, expect, say }: Steps,
): Promise<Notarised[]> {
  begin(
    `${String(new Set(samples.map(({ agency }) => agency)).size)} agencies notarise ${String(samples.length)} decisions`,
  );
  const post = ({ agency, kind, recordId, content, files }: Sample): Promise<Answer> =>
    gateway.call("POST", "/v1/records", {
      agency,
      wait: WAIT_SECONDS,
      body: { kind, recordId, content, ...(files && { files }) },
    });
  const answers = await Promise.all(samples.map(post));
  expect("anchored", anchored(answers), samples.length);
  const again = await Promise.all(samples.map(post));
  expect("posted again, the same digests come back", again.map(digestOf).join() === answers.map(digestOf).join(), true);
  const ledger = (await gateway.call("GET", "/v1/ledger")).body;
  expect("records in the ledger", Reflect.get(Object(ledger["records"]), "anchored"), samples.length);
  say(`the chain holds ${String(ledger["batches"])} batches`);
  return samples.map((sample, index) => ({ ...sample, digest: digestOf(answers[index] ?? { status: 0, body: {} }) }));
}

/** A later version takes the place of an earlier one. */
export async function amendAll(gateway: Gateway, records: Notarised[], { begin, expect }: Steps): Promise<void> {
  const amended = records.filter(({ amendedBy }) => amendedBy !== undefined);
  begin(`${String(amended.length)} decisions are amended`);
  const answers = await Promise.all(
    amended.map(({ agency, kind, recordId, digest, amendedBy }) => {
      const body = { kind, recordId, content: amendedBy?.content, amends: digest };
      return gateway.call("POST", "/v1/records", { agency, wait: WAIT_SECONDS, body });
    }),
  );
  expect("anchored", anchored(answers), amended.length);
  for (const [index, record] of amended.entries()) {
    const answer = answers[index];
    if (answer) record.amendedDigest = digestOf(answer);
  }
}

/** Agencies and their overseers decide on statuses; each decision is a record of its own. */
export async function decideAll(
  gateway: Gateway,
  records: readonly Notarised[],
  { begin, expect }: Steps,
): Promise<void> {
  begin("Agencies and their overseers change statuses: objection, repair, revocation");
  let decisions = 0;
  for (const { digest, statuses, recordId, amendedDigest } of records) {
    for (const { by, content } of statuses) {
      const target = amendedDigest ?? digest;
      const path = `/v1/records/${target}/status`;
      const { status, body } = await gateway.call("POST", path, { agency: by, wait: WAIT_SECONDS, body: content });
      expect(
        `${recordId}: ${String(content["effect"])}, ${String(content["reason"])}`,
        status === 200 ? "anchored" : `${String(status)} ${String(body["detail"])}`,
        "anchored",
      );
      decisions += 1;
    }
  }
  expect("a stranger may not", await strangersDecision(gateway, records), 403);
  expect("status decisions", decisions > 0, true);
}

/** An agency without oversight tries to withdraw another's record. */
async function strangersDecision(gateway: Gateway, records: readonly Notarised[]): Promise<number> {
  const target = records.find(({ statuses }) => statuses.length === 0);
  const decision = records.flatMap(({ statuses }) => statuses)[0];
  const stranger = records.find(({ agency }) => agency !== target?.agency);
  if (!target || !decision || !stranger) throw new Error("the samples are too few for this");
  const body = { ...decision.content, effect: "WITHDRAWN", reason: "FOUND_UNLAWFUL" };
  return (await gateway.call("POST", `/v1/records/${target.digest}/status`, { agency: stranger.agency, body })).status;
}
