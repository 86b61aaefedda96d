import { proofFaultOf, type ProofFaultCode } from "../../../core/proofs/fault.ts";

/** Why `run` refuses a proof; "ACCEPTED" where it does not. Whatever else is thrown is thrown on. */
export function faultOf(run: () => unknown): ProofFaultCode | "ACCEPTED" {
  try {
    run();
    return "ACCEPTED";
  } catch (error) {
    return proofFaultOf(error).code;
  }
}
