import type { Problem } from "../state.ts";
import type { Example } from "./base.ts";

const example = (name: string, problems: readonly Problem[], values: Example["values"] = {}): Example => ({
  name,
  found: { is: "problems", problems },
  values,
});

/** Input that cannot be used, and services that give no answer. */
export const problems: readonly Example[] = [
  example("bad-digest", [{ code: "bad-digest", field: "digest" }], { digest: "3f0c5a" }),
  example("no-digest", [{ code: "no-digest", field: "digest" }]),
  example("empty-number-form", [
    { code: "no-kind", field: "kind" },
    { code: "no-document-number", field: "documentNumber" },
  ]),
  example("document-number-too-long", [{ code: "document-number-too-long", field: "documentNumber" }], {
    kind: "credit-penalty",
    documentNumber: "号".repeat(129),
  }),
  example("file-empty", [{ code: "file-empty", field: "file" }]),
  example("file-too-large", [{ code: "file-too-large", field: "file" }]),
  example("file-unreadable", [{ code: "file-unreadable", field: "file" }]),
  example("trust-unreadable", [{ code: "trust-unreadable", field: "file", detail: "/fingerprint/sha256" }]),
  example("certificate-unreadable", [{ code: "certificate-unreadable", field: "file", detail: "/batch/path/3" }]),
  example("several-files", [{ code: "several-files", field: "file" }]),
  example("rate-limited", [{ code: "rate-limited", detail: "30" }]),
  example("gateway-busy", [{ code: "gateway-busy", detail: "5" }]),
  example("gateway-unreachable", [{ code: "gateway-unreachable" }]),
  example("no-certificate", [{ code: "no-certificate" }]),
  example("needs-gateway", [{ code: "needs-gateway", field: "file" }]),
  example("not-found", [{ code: "not-found" }]),
  example("erased", [{ code: "erased" }]),
  example("failed", [{ code: "failed" }]),
];
