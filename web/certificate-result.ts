import type { Certificate } from "../core/certificate/certificate.ts";
import type { Verification } from "../core/verify/verify.ts";
import type { RecordView, VerificationAnswer } from "./answers.ts";
import type { Result } from "./state.ts";

/** What the gateway said of a certificate today. */
export interface Told {
  readonly answer: VerificationAnswer;
  readonly record: RecordView | null;
}
export type { Certificate, Verification, Result };
