import { Validator } from "@seriousme/openapi-schema-validator";
import { expect } from "chai";
import type { Router } from "express";

import { builtInKinds } from "../../../core/kinds/registry.ts";
import { openApi } from "../../../server/http/openapi.ts";
import { operations } from "../../../server/http/operations.ts";
import { createReadRouter } from "../../../server/http/reads.ts";
import { createRecordBatchRouter } from "../../../server/http/record-batches.ts";
import { createServiceRouter } from "../../../server/http/service.ts";
import { createVerificationRouter } from "../../../server/http/verifications.ts";
import { createWriteRouter } from "../../../server/http/writes.ts";
import { startGateway } from "../gateway.ts";

/** Routers are only looked at here: nothing is asked of what they are given. */
const nothing = new Proxy({}, { get: () => () => undefined }) as never;

function routesOf(router: Router): string[] {
  return router.stack.flatMap(({ route }) => {
    if (!route) return [];
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    return route.stack.map(({ method }) => `${method} ${path}`);
  });
}

/** Every $ref in a document. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === "$ref" && typeof inner === "string" ? [inner] : referencesIn(inner),
  );
}

describe("/openapi.json", () => {
  const document = JSON.parse(JSON.stringify(openApi(builtInKinds)));

  it("is a valid description in OpenAPI 3.1", async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result.errors).to.equal(undefined);
    expect(result.valid).to.equal(true);
    expect(validator.version).to.equal("3.1");
  });

  it("describes exactly the routes that there are", () => {
    const routers = [
      createWriteRouter(nothing),
      createRecordBatchRouter(nothing),
      createReadRouter(nothing),
      createVerificationRouter(nothing, nothing),
      createServiceRouter({ kinds: builtInKinds } as never),
    ];
    const described = operations.map(({ method, path }) => `${method} ${path}`);
    expect(described).to.have.members(routers.flatMap(routesOf));
    expect(new Set(operations.map(({ id }) => id)).size).to.equal(operations.length);
  });

  it("refers to nothing that is not in it", () => {
    const references = referencesIn(document);
    expect(references).to.have.length.greaterThan(20);
    for (const reference of references) {
      const name = reference.replace("#/components/schemas/", "");
      expect(document.components.schemas, reference).to.have.property(name);
    }
  });

  it("has each kind's content with every field, and the status body without its target", () => {
    for (const kind of builtInKinds.all()) {
      const name = `${kind.kind.replace(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase())}Content`;
      const schema = document.components.schemas[name];
      expect(Object.keys(schema.properties)).to.deep.equal(kind.fields.map((field) => field.name));
      expect(schema.required).to.deep.equal(kind.fields.filter(({ required }) => required).map((field) => field.name));
    }
    const status = document.components.schemas.StatusDecision;
    expect(status.properties).not.to.have.property("target");
    expect(status.required).not.to.include("target");
  });

  it("is what the gateway answers", async () => {
    const gateway = await startGateway();
    const { body } = await gateway.call("GET", "/openapi.json");
    await gateway.close();
    expect(body).to.deep.equal(document);
  });
});
