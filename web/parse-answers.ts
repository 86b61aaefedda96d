/** Reads the gateway's JSON into the page's types. What does not fit throws: the page then says that it got no answer. */
import type {
  AgencyName,
  AsOf,
  Bilingual,
  CheckLine,
  RecordAnchor,
  RecordFile,
  RecordStatus,
  RecordView,
  StatusDecision,
  UnknownLine,
  VerificationAnswer,
} from "./answers.ts";
import type { JsonValue } from "../core/json/parse.ts";
import { effects } from "../core/ledger/effect.ts";
import { verdictCodes } from "../core/verify/verdict.ts";

type Node = Readonly<Record<string, unknown>>;

function object(value: unknown, what: string): Node {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError(`${what}: an object was expected.`);
  return Object.fromEntries(Object.entries(value));
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${what}: a list was expected.`);
  return value;
}

function text(node: Node, name: string): string {
  const value = node[name];
  if (typeof value !== "string") throw new TypeError(`${name}: a string was expected.`);
  return value;
}

function integer(node: Node, name: string): number {
  const value = node[name];
  if (typeof value !== "number" || !Number.isSafeInteger(value))
    throw new TypeError(`${name}: an integer was expected.`);
  return value;
}

const absent = (value: unknown): value is null | undefined => value === null || value === undefined;
const optionalText = (node: Node, name: string): string | null => (absent(node[name]) ? null : text(node, name));

function optional<T>(node: Node, name: string, read: (value: Node) => T): T | null {
  return absent(node[name]) ? null : read(object(node[name], name));
}

/** One of a closed list of codes. */
function word<T extends string>(node: Node, name: string, words: readonly T[]): T {
  const value = text(node, name);
  const known = words.find((candidate) => candidate === value);
  if (known === undefined) throw new TypeError(`${name}: "${value}" is not known to this page.`);
  return known;
}

const outcomes = ["VALID", "INVALID", "ERROR", "SKIPPED"] as const;
const states = ["accepted", "batched", "sent", "anchored", "saved", "endorsed", "final"] as const;
const hidden = ["NOT_PUBLISHED", "DEADLINE_PASSED", "ENDED", "WITHDRAWN", "ERASED"] as const;

const bilingual = (node: Node): Bilingual => ({ "zh-CN": text(node, "zh-CN"), en: text(node, "en") });
const agency = (node: Node): AgencyName => ({ uscc: text(node, "uscc"), name: optionalText(node, "name") });
const asOf = (node: Node): AsOf => ({ blockNumber: integer(node, "blockNumber"), blockTime: text(node, "blockTime") });

function check(value: unknown): CheckLine {
  const node = object(value, "check");
  return {
    id: text(node, "id"),
    outcome: word(node, "outcome", outcomes),
    sentence: bilingual(object(node["sentence"], "sentence")),
  };
}

function unknownLine(value: unknown): UnknownLine {
  const node = object(value, "unknown");
  return { code: text(node, "code"), sentence: bilingual(object(node["sentence"], "sentence")) };
}

function decision(node: Node): StatusDecision {
  return {
    digest: text(node, "digest"),
    reason: optionalText(node, "reason"),
    decisionDate: optionalText(node, "decisionDate"),
    explanation: optionalText(node, "explanation"),
    decisionDocNo: optionalText(node, "decisionDocNo"),
    successor: optionalText(node, "successor"),
  };
}

function status(node: Node): RecordStatus {
  return {
    effect: word(node, "effect", effects),
    since: optionalText(node, "since"),
    actor: optional(node, "actor", agency),
    decision: optional(node, "decision", decision),
    pending: list(node["pending"], "pending"),
  };
}

export function parseRecordFile(value: unknown): RecordFile {
  const node = object(value, "file");
  return {
    name: text(node, "name"),
    mediaType: text(node, "mediaType"),
    size: integer(node, "size"),
    sha256: text(node, "sha256"),
  };
}

function anchor(node: Node): RecordAnchor {
  return {
    root: text(node, "root"),
    transaction: optionalText(node, "transaction"),
    blockNumber: integer(node, "blockNumber"),
    blockHash: text(node, "blockHash"),
    blockTime: text(node, "blockTime"),
  };
}

/** Values out of a JSON text are JSON values; the view escapes them, whatever they are. */
function content(node: Node): Readonly<Record<string, JsonValue>> {
  // as: JSON.parse made it
  return node as Readonly<Record<string, JsonValue>>;
}

export function parseVerificationAnswer(value: unknown): VerificationAnswer {
  const node = object(value, "verification");
  return {
    verdict: word(node, "verdict", verdictCodes),
    sentence: bilingual(object(node["sentence"], "sentence")),
    checks: list(node["checks"], "checks").map(check),
    asOf: optional(node, "asOf", asOf),
    agency: optional(node, "agency", agency),
    kind: optionalText(node, "kind"),
    documentNumber: optionalText(node, "documentNumber"),
    digest: optionalText(node, "digest"),
    unknown: list(node["unknown"], "unknown").map(unknownLine),
  };
}

export function parseRecordView(value: unknown): RecordView {
  const node = object(value, "record");
  return {
    digest: text(node, "digest"),
    agency: agency(object(node["agency"], "agency")),
    kind: text(node, "kind"),
    recordId: text(node, "recordId"),
    documentNumber: optionalText(node, "documentNumber"),
    algorithm: text(node, "algorithm"),
    state: word(node, "state", states),
    endorsement: optional(node, "endorsement", (given) => ({ by: integer(given, "by"), of: integer(given, "of") })),
    acceptedAt: text(node, "acceptedAt"),
    status: status(object(node["status"], "status")),
    amends: optionalText(node, "amends"),
    amendedBy: optionalText(node, "amendedBy"),
    content: optional(node, "content", content),
    contentHidden: absent(node["contentHidden"]) ? null : word(node, "contentHidden", hidden),
    notShown: list(node["notShown"], "notShown").map(String),
    files: list(node["files"], "files").map(parseRecordFile),
    anchor: optional(node, "anchor", anchor),
  };
}

/** Answer of `GET /v1/records?...`: `{ "records": [...] }`. */
export function parseRecordList(value: unknown): readonly RecordView[] {
  return list(object(value, "answer")["records"], "records").map(parseRecordView);
}
