import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import helmet from "helmet";
import type { RequestHandler } from "express";

/**
 * Headers of every answer. Scripts, styles and pictures come from here alone, forms and requests go here alone, and nobody frames the
 * page. HSTS and upgrading are the business of whoever terminates TLS: a desk has none.
 */
export function securityHeaders(): RequestHandler {
  const headers = headersOf(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", "data:"],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: false,
      xFrameOptions: { action: "deny" },
      referrerPolicy: { policy: "no-referrer" },
    }),
  );
  return (_request, response, next) => {
    response.setHeaders(headers);
    next();
  };
}

/** What a handler sets on every answer alike: asked once, for its own way through a dozen handlers costs as much as the router. */
function headersOf(handler: ReturnType<typeof helmet>): Map<string, string> {
  const headers = new Map<string, string>();
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  handler(request, response, () => undefined);
  for (const [name, value] of Object.entries(response.getHeaders())) headers.set(name, String(value));
  return headers;
}
