import { z } from "zod";

import type { Kind } from "../../core/kinds/kind.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import { STATUS_DECISION } from "../record/decision.ts";
import { postBody } from "../record/post.ts";
import { verificationRequest } from "../record/verification-request.ts";
import { contentSchema, type JsonSchema } from "./kind-schema.ts";
import { certificate, renewal } from "./certificate-schemas.ts";
import { operations, type Operation } from "./operations.ts";
import * as answers from "./schemas.ts";

const named = {
  Accepted: answers.accepted,
  LineResult: answers.lineResult,
  Record: answers.record,
  RecordPage: answers.recordPage,
  Certificate: certificate,
  Renewal: renewal,
  Verification: answers.verification,
  Ledger: answers.ledger,
  Trust: answers.trust,
  Problem: answers.problem,
  Alive: answers.alive,
  Readiness: answers.readiness,
} as const satisfies Record<string, z.ZodType>;

/** Names of components that an operation can answer with, or be sent. */
export type ComponentName = keyof typeof named | "Post" | "StatusDecision" | "VerificationRequest" | "AnyJson";

/** The description of this API in OpenAPI 3.1, made from what reads the requests and from the kinds' schemas. */
export function openApi(kinds: KindRegistry): JsonSchema {
  return {
    openapi: "3.1.0",
    info: {
      title: "Hufu",
      version: "1",
      summary: "A ledger of government decisions that anyone can verify",
      description:
        "Digests are 64 lower-case hexadecimal digits; the chain's roots, transactions and blocks have 0x before them.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths: pathsOf(operations),
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer", description: "an agency's API key" } },
      schemas: componentsOf(kinds),
    },
  };
}

function componentsOf(kinds: KindRegistry): JsonSchema {
  const answersOf = Object.entries(named).map(([name, schema]) => [name, jsonSchema(schema, "output")] as const);
  const contents = kinds.all().map((kind) => [contentName(kind.kind), contentSchema(kind)] as const);
  const decision = kinds.byName(STATUS_DECISION);
  return {
    ...Object.fromEntries(answersOf),
    ...Object.fromEntries(contents),
    Post: postSchema(kinds),
    ...(decision && { StatusDecision: contentSchema(withoutTarget(decision)) }),
    VerificationRequest: jsonSchema(verificationRequest, "input"),
    AnyJson: {},
  };
}

/** One alternative for each kind, so that a reader sees which content belongs to which. */
function postSchema(kinds: KindRegistry): JsonSchema {
  const post = jsonSchema(postBody, "input");
  const properties = post["properties"] as JsonSchema; // as: a strictObject has them
  return {
    oneOf: kinds.all().map(({ kind }) => ({
      ...post,
      properties: {
        ...properties,
        kind: { const: kind },
        content: { $ref: `#/components/schemas/${contentName(kind)}` },
      },
    })),
  };
}

/** The body of a status post: the address names the target. */
function withoutTarget(kind: Kind): Kind {
  return { ...kind, fields: kind.fields.filter(({ name }) => name !== "target") };
}

function contentName(kind: string): string {
  return `${kind.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase())}Content`;
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const entries = Object.entries(z.toJSONSchema(schema, { io, unrepresentable: "any" }));
  return Object.fromEntries(entries.filter(([name]) => name !== "$schema"));
}

function pathsOf(all: readonly Operation[]): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of all) {
    const methods = (paths[operation.path] ??= {});
    methods[operation.method] = describe(operation);
  }
  return paths;
}

function describe({ id, summary, path, query, prefer, access, body, answers, problems }: Operation): JsonSchema {
  const problem = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return {
    operationId: id,
    summary,
    parameters: [...pathParameters(path), ...queryParameters(query), ...(prefer ? [preferHeader] : [])],
    security: access === "key" ? [{ key: [] }] : access === "both" ? [{}, { key: [] }] : [],
    ...(body && { requestBody: { required: true, content: content(body) } }),
    responses: Object.fromEntries([
      ...answers.map((answer) => [
        String(answer.status),
        { description: answer.description, content: content(answer) },
      ]),
      ...problems.map((status) => [String(status), { description: "A problem (RFC 9457)", content: problem }]),
    ]),
  };
}

function content({ media, schema }: { media: string; schema: ComponentName }): JsonSchema {
  return { [media]: { schema: { $ref: `#/components/schemas/${schema}` } } };
}

const preferHeader = {
  name: "Prefer",
  in: "header",
  description: "wait=N (RFC 7240): answer when the record is anchored, or after N seconds",
  schema: { type: "string", pattern: "^wait=\\d+$" },
};

function pathParameters(path: string): JsonSchema[] {
  if (!path.includes("{digest}")) return [];
  return [{ name: "digest", in: "path", required: true, schema: { type: "string", pattern: "^[0-9a-f]{64}$" } }];
}

function queryParameters(names: Operation["query"]): JsonSchema[] {
  return Object.entries(names ?? {}).map(([name, description]) => ({
    name,
    in: "query",
    description,
    schema: name === "limit" ? { type: "integer", minimum: 1, maximum: 100, default: 20 } : { type: "string" },
  }));
}
