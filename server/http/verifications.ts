import { Router } from "express";

import type { Verifications } from "../record/verification.ts";
import { parseVerificationRequest } from "../record/verification-request.ts";
import type { BodyReader } from "./body.ts";
import { sendJson } from "./respond.ts";

/** POST /v1/verifications: for everybody. A verdict is an answer, not an error: 200 also for what is altered or unknown. */
export function createVerificationRouter(verifications: Verifications, body: BodyReader): Router {
  const router = Router();
  router.post("/v1/verifications", async (request, response) => {
    const question = parseVerificationRequest(await body.json(request, response));
    sendJson(response, 200, await verifications.verify(question));
  });
  return router;
}
