import type { Messages } from "./messages.ts";
import { inBeijing } from "./beijing.ts";

const months = "January February March April May June July August September October November December".split(" ");

function day(date: string): string {
  const [year, month = 1, number] = date.split("-").map(Number);
  return `${number} ${months[month - 1]} ${year}`;
}

function time(instant: string): string {
  const { date, clock } = inBeijing(instant);
  return `${day(date)}, ${clock} (Beijing time)`;
}

const on = (date: string | null): string => (date === null ? "" : ` on ${date}`);
const since = (date: string | null): string => (date === null ? "" : ` since ${date}`);

/** What was decided, then what the effect is called. */
function both(reason: string, effect: string): string {
  return reason === "" ? effect : `${reason}; ${effect}`;
}

/** The end of every verdict on a genuine record. */
function rest(subject: string, anchoredAt: string | null, actor: string): string {
  const record = subject === "" ? "The record" : `It is the ${subject}`;
  if (subject === "" && anchoredAt === null) return actor;
  return `${actor} ${record}${anchoredAt === null ? "" : `${subject === "" ? " was" : ","} anchored on ${anchoredAt}`}.`;
}

export const en: Messages = {
  time,
  day,
  verdict: {
    sentence: {
      "in-force": ({ reason, asOf, subject, anchoredAt, actor }) =>
        `Genuine and in force ${asOf}${reason === "" ? "" : ` (${reason})`}.${rest(subject, anchoredAt, actor)}`,
      annotated: ({ reason, asOf, subject, anchoredAt, actor }) =>
        `Genuine, ${both(reason, "annotated")} ${asOf}.${rest(subject, anchoredAt, actor)}`,
      ended: ({ reason, asOf, subject, anchoredAt, actor }) =>
        `Genuine, ${both(reason, "no longer in effect")} ${asOf}.${rest(subject, anchoredAt, actor)}`,
      superseded: ({ reason, asOf, subject, anchoredAt, actor, successor }) =>
        `Genuine, ${both(reason, `superseded by ${successor === null ? "another record" : `record ${successor}`}`)} ${asOf}.${rest(subject, anchoredAt, actor)}`,
      withdrawn: ({ reason, asOf, subject, anchoredAt, actor }) =>
        `Genuine, ${both(reason, "withdrawn")} ${asOf}.${rest(subject, anchoredAt, actor)}`,
      accepted: ({ subject, acceptedAt }) =>
        `Accepted${acceptedAt === null ? "" : ` on ${acceptedAt}`}, not yet anchored.${subject === "" ? "" : ` It is the ${subject}.`}`,
      unknown: ({ asOf }) => `Not in this ledger${asOf === "" ? "" : ` ${asOf}`}. That does not make it a forgery.`,
      altered: () => "Altered: it does not agree with its own fingerprint or with the ledger. Do not rely on it.",
      unreachable: ({ cause, asOf }) => {
        const proviso = "This says nothing of whether it is genuine.";
        if (cause === "SCHEMA_UNKNOWN")
          return `Could not be checked: its kind or version is not known here. ${proviso}`;
        if (cause === "NODE_BEHIND")
          return `Could not be checked now: the node that was asked is behind ${asOf}. ${proviso}`;
        return `Could not be checked now: the node gave no answer. ${proviso}`;
      },
    },
    reason: {
      OBJECTION_ACCEPTED: (date) => `objection accepted${on(date)}`,
      OBJECTION_DISMISSED: (date) => `objection dismissed${on(date)}`,
      LITIGATION: (date) => `in litigation${since(date)}`,
      LITIGATION_ENDED: (date) => `litigation ended${on(date)}`,
      DISPUTE: (date) => `in dispute${since(date)}`,
      REPAIR_GRANTED: (date) => `credit repaired${on(date)}`,
      REPAIR_REVOKED: (date) => `credit repair revoked${on(date)}`,
      PERIOD_EXPIRED: (date) => `period expired${on(date)}`,
      FULFILLED: (date) => `fulfilled${on(date)}`,
      CORRECTED: (date) => `corrected${on(date)}`,
      SUPPLEMENTED: (date) => `supplemented${on(date)}`,
      REVOKED_BY_AUTHORITY: (date) => `revoked by the authority itself${on(date)}`,
      REVOKED_ON_RECONSIDERATION: (date) => `revoked on administrative reconsideration${on(date)}`,
      REVOKED_BY_COURT: (date) => `revoked by a court${on(date)}`,
      FOUND_UNLAWFUL: (date) => `found unlawful${on(date)}`,
      INVALIDATED: (date) => `declared invalid${on(date)}`,
    },
    subject: (kind, number, agency) => `${kind}${number === null ? "" : ` ${number}`} of ${agency}`,
    asOf: (block, instant) => `as of block ${block} at ${instant}`,
    actor: (name) => ` The status was set by ${name}.`,
    toldBy: {
      node: " The ledger's state is as told by a node.",
      gateway: " The ledger's state is as told by this gateway, and not checked on its own.",
    },
  },
  check: {
    DISCLOSURES_MATCH: ({ count }) => `All ${count} disclosures match their commitments.`,
    NOTHING_DISCLOSED: () => "No content was shown, so there is none to check.",
    DISCLOSURE_ALTERED: ({ name }) => `"${name}" does not match its commitment: the content was altered.`,
    DISCLOSURE_UNKNOWN: ({ name }) => `"${name}" is no field of this kind of record.`,
    DISCLOSURE_TWICE: ({ name }) => `"${name}" is shown twice.`,
    COMMITMENTS_MISSING: ({ expected, found }) => `${expected} commitments are expected, ${found} are there.`,
    SCHEMA_MATCHES: ({ kind, version }) => `The content follows version ${version} of "${kind}".`,
    SCHEMA_DIFFERS: ({ kind, version }) =>
      `The record was written by another schema than the published version ${version} of "${kind}".`,
    SCHEMA_UNKNOWN: ({ kind }) => `This version of the kind "${kind}" is not known here: it could not be checked.`,
    FIELD_INVALID: ({ name }) => `"${name}" does not follow the schema.`,
    DIGEST_MATCHES: () => "Header and commitments give the digest.",
    DIGEST_DIFFERS: () => "Header and commitments give another digest: the record was altered.",
    PATH_LEADS_TO_ROOT: () => "The path leads from the digest to the batch's root.",
    PATH_LEADS_ELSEWHERE: () => "The path does not lead from the digest to the batch's root.",
    AGENCY_DIFFERS: () => "The header names another agency than the batch.",
    KIND_DIFFERS: () => "The header names another kind than the batch.",
    BATCH_ON_LEDGER: () => "The ledger has the batch, with this agency, kind, count and time (as told by a node).",
    BATCH_AT_ANOTHER_TIME: () =>
      "The ledger has the batch; it was anchored again after its block fell out of the chain (as told by a node).",
    BATCH_NOT_FOUND: () => "The ledger does not have the batch.",
    BATCH_DIFFERS: () => "The ledger has the batch with another agency, kind or count.",
    OTHER_LEDGER: () => "The certificate is of another ledger.",
    STATUS_ON_LEDGER: () => "The ledger has the status that the certificate tells (as told by a node).",
    STATUS_NEWER: () => "The status changed after the certificate was issued; the ledger's counts (as told by a node).",
    STATUS_DIFFERS: () => "The ledger has another status than the certificate tells.",
    TOLD_BY_GATEWAY: () => "Not checked on its own: as told by this gateway.",
    NODE_UNREACHABLE: () => "The node gave no answer: it could not be checked.",
    NODE_BEHIND: ({ block, wanted }) => `The node has come to block ${block}, and block ${wanted} is wanted.`,
    NOT_IN_VERSION_0: () => "Not checked: a certificate of version 0 does not carry this proof.",
  },
  unknown: {
    AFTER: ({ block, instant }) => `What happened after block ${block} (${time(String(instant))}).`,
    BEFORE_ANCHORING: () =>
      "Whether the content was changed before it was anchored: the ledger proves only that it has not been since.",
    AGENCY_SIGNATURE: () =>
      "The agency's signature over the batch: the contract checked it, and the certificate does not carry it.",
    WORD_OF_NODE: () => "Whether the node told the truth: there is no state proof in this version.",
    WORD_OF_GATEWAY: () =>
      "Whether the gateway agrees with the ledger: there is no state proof in this version; the auditor can check it.",
    REST_OF_CONTENT: () => "The content that was not shown.",
  },
  effect: {
    IN_FORCE: "in force",
    ANNOTATED: "annotated",
    ENDED: "ended",
    SUPERSEDED: "superseded",
    WITHDRAWN: "withdrawn",
  },
};
