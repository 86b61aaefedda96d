import express, { type Express, type Response } from "express";
import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { buildWeb } from "../../../scripts/web-build.ts";
import { readAssets } from "../../../server/http/assets.ts";
import { sendPage } from "../../../server/http/page-response.ts";
import { createPageRouter, type PageDeps } from "../../../server/http/page.ts";
import type { RecordView, VerificationAnswer } from "../../../web/answers.ts";
import { examples } from "../../../web/examples/all.ts";
import { answer } from "../../../web/examples/base.ts";
import { bundleOf } from "../../core/verify/chain.ts";

/** What the gateway of a test knows and answers; each test sets its own. */
export interface Scene {
  records: readonly RecordView[];
  verify: (body: unknown) => VerificationAnswer;
  /** what it serves as its trust bundle */
  trust: object;
  /** the certificate of every record, and what renews one; null: it has none */
  certificate: object | null;
  renewal: object | null;
  /** status of every answer under /v1, where it is not 200 */
  failing: number | undefined;
}

/** A page with a gateway made of examples, on a port of its own. `/example/NAME` draws one state. */
export interface Site {
  readonly origin: string;
  scene: Scene;
  stop(): Promise<void>;
}

export const usualScene = (): Scene => ({
  records: [],
  verify: () => answer,
  trust: bundleOf(),
  certificate: null,
  renewal: null,
  failing: undefined,
});

function api(app: Express, scene: () => Scene): void {
  app.use("/v1", express.json(), (_request, response, next) => {
    const { failing } = scene();
    if (failing === undefined) next();
    else response.status(failing).set("retry-after", "30").json({});
  });
  app.get("/v1/records", (request, response) => {
    const has = (record: RecordView): boolean => record.files.some((file) => file.sha256 === request.query["file"]);
    response.json({ records: scene().records.filter(has) });
  });
  app.get("/v1/records/:digest", (request, response) => {
    const record = scene().records.find((candidate) => candidate.digest === request.params.digest);
    if (record === undefined) response.status(404).json({});
    else response.json(record);
  });
  const given = (response: Response, value: object | null): unknown =>
    value === null ? response.status(404).json({}) : response.json(value);
  app.get("/v1/trust", (_request, response) => given(response, scene().trust));
  app.get("/v1/records/:digest/certificate", (_request, response) => given(response, scene().certificate));
  app.get("/v1/records/:digest/proof", (_request, response) => given(response, scene().renewal));
  app.post("/v1/verifications", (request, response) => response.json(scene().verify(request.body)));
}

export async function startSite(): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "hufu-page-"));
  await buildWeb(folder);
  let scene = usualScene();
  const deps: PageDeps = {
    publicUrl: null,
    kinds: builtInKinds,
    assets: readAssets(folder),
    byDigest: (digest) => scene.records.find((record) => record.digest === digest),
    byDocumentNumber: (kind, number) =>
      scene.records.filter((record) => record.kind === kind && record.documentNumber === number),
    verify: (digest) => scene.verify({ digest }),
    report: (error) => console.error(error),
  };
  const app = express();
  api(app, () => scene);
  app.get("/example/:name", (request, response) => {
    const example = examples.find((candidate) => candidate.name === request.params.name);
    if (example === undefined) response.sendStatus(404);
    else sendPage(deps, request, response, { found: example.found, values: example.values ?? {} }, request.path);
  });
  app.use(createPageRouter(deps));
  const server: Server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The test's server has no port.");
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    get scene() {
      return scene;
    },
    set scene(next) {
      scene = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
