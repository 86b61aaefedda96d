import type { Cause } from "../verify/verdict.ts";
import type { Messages } from "./messages.ts";
import { inBeijing } from "./beijing.ts";
import { proofFaultsEn } from "./proof.en.ts";

const months = "January February March April May June July August September October November December".split(" ");

function day(date: string): string {
  const [year, month = 1, number] = date.split("-").map(Number);
  return `${number} ${months[month - 1]} ${year}`;
}

function time(instant: string): string {
  const { date, clock } = inBeijing(instant);
  return `${day(date)}, ${clock} (Beijing time)`;
}

const times = (count: string | number | undefined): string => (count === 1 ? "once" : `${count} times`);
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

/** Why something could not be checked, and what to do. */
const hindrances: Readonly<Record<Cause, string>> = {
  NODE_UNREACHABLE: "Could not be checked now: the node gave no answer.",
  SCHEMA_UNKNOWN: "Could not be checked: its kind or version is not known here.",
  NO_TRUST_BUNDLE: "Could not be checked: there is no trust bundle that says who the validators are.",
  FORMER_VALIDATORS:
    "Could not be checked: its proof is sealed by validators that have been replaced. Renew the certificate.",
  BUNDLE_TOO_OLD: "Could not be checked: its validators are not those of the trust bundle. Get the newest bundle.",
  SIGNER_UNKNOWN:
    "Could not be checked: somebody signed whom the trust bundle does not know. Get the newest bundle; if it does not know the signer either, it is a forgery.",
  CONFLICTING_HEADERS:
    "Could not be checked: validators sealed two different blocks of one height. Keep both files, and show them to those who publish the trust bundle.",
  IN_THE_FUTURE:
    "Could not be checked: its proof is of a time that is still to come by the clock of this machine. Either this clock is behind the block, or the block's is ahead: set the clock, and verify again.",
  TOO_OLD: "Could not be checked: its proof is too old.",
  OLDER_STATUS: "Could not be checked: a newer status of it was seen before.",
  OLDER_BLOCK: "Could not be checked: its proof is older than the one before.",
};

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
      superseded: ({ reason, asOf, subject, anchoredAt, actor, successor, newest }) =>
        `Genuine, ${both(reason, `superseded by ${successor === null ? "another record" : `record ${successor}`}`)} ${asOf}.${newest}${rest(subject, anchoredAt, actor)}`,
      withdrawn: ({ reason, asOf, subject, anchoredAt, actor }) =>
        `Genuine, ${both(reason, "withdrawn")} ${asOf}.${rest(subject, anchoredAt, actor)}`,
      accepted: ({ subject, acceptedAt }) =>
        `Accepted${acceptedAt === null ? "" : ` on ${acceptedAt}`}, not yet anchored.${subject === "" ? "" : ` It is the ${subject}.`}`,
      unknown: ({ asOf }) => `Not in this ledger${asOf === "" ? "" : ` ${asOf}`}. That does not make it a forgery.`,
      altered: () => "Altered: it does not agree with its own fingerprint or with the ledger. Do not rely on it.",
      stale: ({ cause, asOf }) =>
        cause === "OLDER_STATUS"
          ? `Out of date: a newer status of this record was seen before than the one ${asOf}. Renew the certificate.`
          : cause === "OLDER_BLOCK"
            ? `Out of date: the proof that was given is ${asOf}, older than the block of the one that it was to renew. Keep that one if it holds by itself, and ask again later or elsewhere; if it could not be checked, get the newest trust bundle first.`
            : `Out of date: its proof is ${asOf}, older than is accepted here. Renew the certificate.`,
      unreachable: ({ cause }) =>
        `${hindrances[cause ?? "NODE_UNREACHABLE"]} This says nothing of whether it is genuine.`,
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
    actor: (name) => ` The status was decided by ${name}.`,
    newest: (digest, effect) => ` The newest version${digest === null ? "" : `, record ${digest},`} is ${effect}.`,
    sealed: {
      qbft: (by, of) => ` Sealed by ${by} of ${of} validators.`,
      clique: (by, of) => ` Endorsed by ${by} of ${of} validators.`,
      development: () => " Sealed by nobody but the gateway of a development chain.",
    },
    toldBy: " This is as told by the gateway, and not checked on its own.",
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
    COMMITMENT_MISSING: ({ name }) => `"${name}" is neither shown nor committed to.`,
    COMMITMENT_SUPERFLUOUS: ({ name }) => `"${name}" is shown, and has a commitment beside it.`,
    LINKS_MATCH: ({ count }) =>
      `${count === 1 ? "The decision or successor" : `All ${count} decisions and successors`} in the file hold together.`,
    NO_LINKS: () => "The file holds no decision and no successor, so there is none to check.",
    LINK_ALTERED: ({ link }) => `Decision or successor ${link} in the file was altered.`,
    LINK_UNEXPECTED: () => "The file holds a decision or successor that the record's status does not rest on.",
    LINK_CONTRADICTS: () => "The decision says something else than the ledger; the ledger counts.",
    STATE_PROVEN: ({ block }) => `Batch and status are proven under the state root of block ${block}.`,
    SLOTS_MISSING: () => "The file does not prove batch and status of each record in it.",
    NODE_MISSING: () => "A node of the proof is missing.",
    NODE_TWICE: () => "A node of the proof stands there twice.",
    NODE_UNUSED: () => "The file holds a node that proves nothing.",
    BATCH_ON_LEDGER: () => "The ledger has the batch, with this agency, kind and count.",
    BATCH_NOT_FOUND: () => "The ledger does not have the batch.",
    BATCH_DIFFERS: () => "The ledger has the batch with another agency, kind or count.",
    STATUS_NEVER_SET: () => "The ledger has no status of the record: it is in force as it was anchored.",
    STATUS_ON_LEDGER: ({ version }) =>
      `The ledger has the status, changed ${times(version)}, and the file holds what it rests on.`,
    STATUS_UNEXPLAINED: ({ version }) =>
      `The ledger has the status, changed ${times(version)}; the file does not show what it rests on.`,
    STATUS_UNKNOWN: () => "The ledger's slot holds a status that does not exist.",
    SIGNATURE_MATCHES: ({ signer }) => `The batch is signed by the key ${signer}.`,
    SIGNATURE_NOT_CHECKED: ({ signer }) =>
      `The signature does not fit an address; it may be one that only a contract can check (${signer}).`,
    NO_SIGNATURE: () => "The file does not carry the agency's signature over the batch.",
    SEALED_BY_QUORUM: ({ block, by, of }) => `Block ${block} is sealed by ${by} of ${of} validators.`,
    ENDORSED_BY_MAJORITY: ({ block, by, of }) => `Block ${block} is endorsed by ${by} of ${of} validators.`,
    SEALED_BY_ONE: ({ block }) => `Block ${block} is sealed by the gateway of a development chain, and by nobody else.`,
    SIGNER_UNKNOWN: () => "A block is signed by somebody whom the trust bundle does not know.",
    CONFLICTING_HEADERS: ({ block }) => `Another sealed block ${block} was seen before: both are kept.`,
    NO_TRUST_BUNDLE: () => "There is no trust bundle that says who the validators are.",
    FORMER_VALIDATORS: ({ block }) => `Block ${block} is sealed by validators that have been replaced.`,
    BUNDLE_TOO_OLD: ({ block }) => `Block ${block} has validators that the trust bundle does not know.`,
    TRUST_MATCHES: () => "Chain, ledger and its code are those of the trust bundle.",
    OTHER_LEDGER: () => "The certificate is of another ledger than the trust bundle.",
    CODE_DIFFERS: () => "The ledger's code is not the one of the trust bundle.",
    CHECKPOINT_DIFFERS: ({ block }) => `The trust bundle has another block ${block}.`,
    FRESH: ({ instant }) => `The proof is of ${time(String(instant))}, recent enough.`,
    TOO_OLD: ({ instant }) => `The proof is of ${time(String(instant))}, older than is accepted here.`,
    IN_THE_FUTURE: ({ instant }) =>
      `The proof is of ${time(String(instant))}, which is still to come by the clock of this machine: this clock is behind, or the block's is ahead.`,
    OLDER_STATUS: ({ newer, version }) =>
      `Status ${newer} of this record was seen before; the file shows status ${version}.`,
    OLDER_BLOCK: ({ block, former }) =>
      `The proof is of block ${block}; the one that it was to renew is of block ${former}, a newer one.`,
    AGE_NOT_ASKED: () => "Nobody asked how old the proof may be.",
    NODE_UNREACHABLE: () => "The node gave no answer: it could not be checked.",
    ...proofFaultsEn,
  },
  unknown: {
    AFTER: ({ block, instant }) => `What happened after block ${block} (${time(String(instant))}).`,
    BEFORE_ANCHORING: () =>
      "Whether the content was changed before it was anchored: the ledger proves only that it has not been since.",
    AGENCY_SIGNATURE: () =>
      "The agency's signature over the batch: the contract checked it, and it was not checked here.",
    SIGNER_RIGHTS: () =>
      "Whether the key that signed was the agency's: the contract checked it when it anchored the batch.",
    WORD_OF_GATEWAY: () => "Whether the gateway tells the truth: nothing of this is proven yet.",
    BUNDLE_OF_GATEWAY: () =>
      "Whether the trust bundle is true: it came from the gateway alone, and is worth no more than the gateway. Take one from a validator's institution, or compare the fingerprint with that of the institution's own.",
    ONE_NODE: () => "Whether anybody but the gateway would agree: a development chain has no validators.",
    NOT_FINAL: ({ by, of }) =>
      `Whether the block stays in the chain: it is endorsed by ${by} of ${of} validators, which is not final.`,
    DECISION_NOT_SHOWN: () => "Why the status is what it is: the file does not show what was decided.",
    DECISION_PARTLY_SHOWN: ({ names }) =>
      `What else was decided of the status: the file shows the decision without its ${names}.`,
    REST_OF_CONTENT: () => "The content that was not shown.",
    FILES_NOT_SHOWN: ({ count, of }) => `The files that were not shown: ${count} of ${of}.`,
  },
  effect: {
    IN_FORCE: "in force",
    ANNOTATED: "annotated",
    ENDED: "ended",
    SUPERSEDED: "superseded",
    WITHDRAWN: "withdrawn",
  },
};
