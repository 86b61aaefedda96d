import type { Request, Response } from "express";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import type { Language } from "../../core/messages/sentence.ts";
import type { Found, FormValues, PageState, ProblemCode } from "../../web/state.ts";
import { pageDocument } from "../../web/view/document.ts";
import { languageOf } from "../../web/view/messages.ts";
import type { BuiltAssets } from "./assets.ts";

/** What every page is sent with. */
export interface PageSetting {
  /** Where the page is reached from outside, without a slash at the end; null: the address that the request came to. */
  readonly publicUrl: string | null;
  readonly kinds: KindRegistry;
  readonly assets: BuiltAssets;
}

/** Nothing is loaded from elsewhere, nothing inline runs, and the script can write markup through one policy alone. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types hufu",
].join("; ");

/** Path and query of this page in a language. Only what the page itself understands is carried over. */
function addressIn(language: Language, path: string, values: FormValues): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (typeof value === "string") query.set(name, value);
  if (language === "en") query.set("lang", "en");
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Of problems that are not the input's fault. */
const statusOfProblem: Readonly<Partial<Record<ProblemCode, number>>> = {
  "not-found": 404,
  erased: 410,
  "rate-limited": 429,
  failed: 500,
  "gateway-busy": 503,
};

function statusOf(found: Found): number {
  if (found.is === "problems") return statusOfProblem[found.problems[0]?.code ?? "failed"] ?? 400;
  if (found.is === "no-match") return 404;
  if (found.is !== "result") return 200;
  return found.result.verdict === "unknown" ? 404 : found.result.verdict === "unreachable" ? 503 : 200;
}

/** Sends one state of the page with its status and headers. `path` is where this page is, for the link to its other language. */
export function sendPage(
  setting: PageSetting,
  request: Request,
  response: Response,
  state: PageState,
  path: string,
): void {
  const publicUrl = setting.publicUrl ?? `${request.protocol}://${request.get("host") ?? "localhost"}`;
  const context = { language: languageOf(request.query["lang"]), kinds: setting.kinds, publicUrl, isOffline: false };
  const page = pageDocument(state, setting.assets.addresses, context, (language) =>
    addressIn(language, path, state.values),
  );
  response.status(statusOf(state.found));
  response.set({
    "Content-Security-Policy": contentSecurityPolicy,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
  });
  response.type("html").send(page.toString());
}
