import type { JsonObject } from "../../../core/json/parse.ts";
import type { NotarisedRecord } from "../../../core/record/digest.ts";
import { justice } from "./chain.ts";
import { decision, penalty } from "./records.ts";
import type { CertificateOptions, Member } from "./sample.ts";

/** What can become of the example penalty, as options of `certificate`. */

/** Its credit was repaired, by a decision that the file holds. `other` replaces fields of the decision. */
export function repaired(other: JsonObject = {}): CertificateOptions {
  return decided(penalty(), "ENDED", other);
}

/** Somebody objects, and the record stands. */
export function annotated(): CertificateOptions {
  return decided(penalty(), "ANNOTATED", { effect: "ANNOTATED", reason: "OBJECTION_ACCEPTED" });
}

/** A court revoked it, which another office wrote down. */
export function withdrawn(): CertificateOptions {
  const record = penalty();
  const fields = { effect: "WITHDRAWN", reason: "REVOKED_BY_COURT", decisionDate: "2026-11-18" };
  const revoked = decision(record.digest, fields, justice);
  return { record, status: { effect: "WITHDRAWN", basis: revoked.digest }, links: [{ record: revoked }] };
}

function decided(record: NotarisedRecord, effect: "ENDED" | "ANNOTATED", fields: JsonObject): CertificateOptions {
  const basis = decision(record.digest, fields);
  return { record, status: { effect, basis: basis.digest }, links: [{ record: basis }] };
}

/** It was amended `times` times; the newest is in force. */
export function amended(times: number): CertificateOptions {
  const versions = [penalty()];
  for (let seed = 20; versions.length <= times; seed++) {
    const amends = versions.at(-1)!.digest;
    versions.push(penalty({ penaltyContent: `警告；罚款人民币${seed}00元。` }, { amends, seed }));
  }
  const [own, ...links] = versions.map((record, index): Member => {
    const next = versions[index + 1];
    return { record, status: next && { effect: "SUPERSEDED", basis: next.digest } };
  });
  return { ...own!, links };
}

/** A decision put another record in its place, which was repaired since. */
export function replaced(): CertificateOptions {
  const record = penalty();
  const successor = penalty({ penaltyContent: "警告。" }, { seed: 30 });
  const fields = { effect: "SUPERSEDED", reason: "CORRECTED", successor: successor.digest };
  const correction = decision(record.digest, fields);
  const repair = decision(successor.digest);
  return {
    record,
    status: { effect: "SUPERSEDED", basis: correction.digest },
    links: [
      { record: correction },
      { record: successor, status: { effect: "ENDED", basis: repair.digest } },
      { record: repair },
    ],
  };
}
