import type { ComponentName } from "./openapi.ts";

/** One operation of the API, for /openapi.json; a test holds this list against the routes. */
export interface Operation {
  id: string;
  method: "get" | "post";
  /** with {digest} where the router has :digest */
  path: string;
  summary: string;
  /** key: needs an agency's key; both: shows its agency more; none: asks for none */
  access: "key" | "both" | "none";
  query?: Readonly<Record<string, string>>;
  /** whether it honours Prefer: wait=N */
  prefer?: boolean;
  body?: { media: string; schema: ComponentName };
  answers: readonly { status: number; description: string; media: string; schema: ComponentName }[];
  /** statuses of the problems that it can answer with */
  problems: readonly number[];
}

const json = "application/json";
const ndjson = "application/x-ndjson";
const ok = (schema: ComponentName, description: string, media = json) => [{ status: 200, description, media, schema }];
const written = [
  ...ok("Accepted", "Anchored, or accepted before with the same content"),
  {
    status: 202,
    description: "Accepted: durable, and on its way to the chain",
    media: json,
    schema: "Accepted" as const,
  },
];
const writeProblems = [400, 401, 403, 409, 410, 413, 415, 422, 429, 503];

export const operations: readonly Operation[] = [
  {
    id: "postRecord",
    method: "post",
    path: "/v1/records",
    summary: "Notarise a decision, or amend one",
    access: "key",
    prefer: true,
    body: { media: json, schema: "Post" },
    answers: written,
    problems: writeProblems,
  },
  {
    id: "postRecordBatch",
    method: "post",
    path: "/v1/record-batches",
    summary: "Notarise many decisions: a post a line, a result a line, in order. Read the answer while you send.",
    access: "key",
    body: { media: ndjson, schema: "Post" },
    answers: ok("LineResult", "One result a line", ndjson),
    problems: [401, 415, 429, 503],
  },
  {
    id: "postStatus",
    method: "post",
    path: "/v1/records/{digest}/status",
    summary: "Decide on a record's status: the content of a status-decision without its target",
    access: "key",
    prefer: true,
    body: { media: json, schema: "StatusDecision" },
    answers: written,
    problems: [...writeProblems, 404].sort((a, b) => a - b),
  },
  {
    id: "searchRecords",
    method: "get",
    path: "/v1/records",
    summary: "Find records by kind and document number, by file, or (an agency its own) by record id",
    access: "both",
    query: {
      kind: "with documentNumber",
      documentNumber: "as printed: brackets, width and leading zeros do not matter",
      file: "SHA-256 of a file",
      agency: "with recordId",
      recordId: "the agency's own id",
      limit: "records on a page",
      after: "the page before's `next`",
    },
    answers: ok("RecordPage", "In the order of acceptance"),
    problems: [400, 401, 403, 422],
  },
  {
    id: "getRecord",
    method: "get",
    path: "/v1/records/{digest}",
    summary: "A record: what the public may see, or everything for its agency",
    access: "both",
    answers: ok("Record", "The record with its status"),
    problems: [401, 404],
  },
  {
    id: "getCertificate",
    method: "get",
    path: "/v1/records/{digest}/certificate",
    summary: "The record's certificate: it proves itself, and needs this gateway no more",
    access: "both",
    answers: ok("Certificate", "A certificate of version 1, as of the newest block"),
    problems: [401, 404, 409, 410, 503],
  },
  {
    id: "getProof",
    method: "get",
    path: "/v1/records/{digest}/proof",
    summary:
      "What renews any certificate of the record, whatever its holder shows: its links, a proof of the newest block, evidence",
    access: "none",
    answers: ok("Renewal", "The parts of a certificate that are not the record's content"),
    problems: [404, 409, 503],
  },
  {
    id: "verify",
    method: "post",
    path: "/v1/verifications",
    summary: "Verify a digest, a certificate, or a record with its content",
    access: "none",
    body: { media: json, schema: "VerificationRequest" },
    answers: ok("Verification", "The verdict, whatever it is"),
    problems: [400, 410, 413, 415, 422, 429],
  },
  ...service("getLedger", "/v1/ledger", "Counts, head block, addresses", "Ledger"),
  ...service("getTrust", "/v1/trust", "The trust bundle: chain, validators, contracts, agencies, fingerprint", "Trust"),
  ...service("getKinds", "/v1/kinds", "The kinds of record with their fields", "AnyJson"),
  ...service("getOpenApi", "/openapi.json", "This description", "AnyJson"),
  ...service("getHealth", "/healthz", "Whether the process lives", "Alive"),
  {
    id: "getReadiness",
    method: "get",
    path: "/readyz",
    summary: "Whether writes are taken, and anchored, now",
    access: "none",
    answers: [
      ...ok("Readiness", "Ready"),
      {
        status: 503,
        description: "Not now; each check says yes or no. While only the chain fails, writes are taken and wait for it",
        media: json,
        schema: "Readiness",
      },
    ],
    problems: [],
  },
  ...service("getMetrics", "/metrics", "Figures for Prometheus", "AnyJson", "text/plain"),
];

function service(id: string, path: string, summary: string, schema: ComponentName, media = json): Operation[] {
  return [{ id, method: "get", path, summary, access: "none", answers: ok(schema, summary, media), problems: [] }];
}
