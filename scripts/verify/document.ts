import { HufuError, type Fault } from "../../core/error.ts";
import { checkSentence, sentence, unknownSentence, type Language } from "../../core/messages/sentence.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import { remarkSentence } from "./remark.ts";
import type { Finding } from "./run.ts";
import type { OtherTrust } from "./trust-choice.ts";

type InBothLanguages = Readonly<Record<Language, string>>;

/** The finding as one JSON document: the verification as the core gives it, a sentence beside every code. */
export function documentOf({ verification, trusted, remarks, exitCode }: Finding): object {
  const { verdict, checks, unknown, met: _, ...rest } = verification;
  return {
    format: "hufu-verification",
    version: 1,
    exitCode,
    sentence: spoken((language) => sentence(verdict, language)),
    verdict,
    checks: checks.map((check) => ({ ...check, sentence: spoken((language) => checkSentence(check, language)) })),
    unknown: unknown.map((one) => ({ ...one, sentence: spoken((language) => unknownSentence(one, language)) })),
    ...rest,
    trust: trusted === undefined ? null : trustOf(trusted),
    remarks: remarks.map((remark) => ({ ...remark, sentence: spoken((language) => remarkSentence(remark, language)) })),
  };
}

/** What a program is told where nothing was found out. */
export function errorDocument(error: HufuError, exitCode: number): object {
  const { code, message, faults } = error;
  const told: { code: string; message: string; faults: readonly Fault[] } = { code, message, faults };
  const changed = isOtherTrust(error.cause) ? { changed: error.cause.changed } : {};
  return { format: "hufu-verification", version: 1, exitCode, error: { ...told, ...changed } };
}

function isOtherTrust(cause: unknown): cause is OtherTrust {
  return typeof cause === "object" && cause !== null && "changed" in cause;
}

function trustOf({ bundle, state }: Trusted): object {
  const { chainId, genesis, consensus, contracts, publishers, publishedAt, fingerprint } = bundle;
  const { validators, since, isGatewayAlone } = state;
  const ledger = { chainId, genesisHash: genesis.hash, address: contracts.ledger.address };
  return { fingerprint, ledger, consensus, validators, since, isGatewayAlone, publishers, publishedAt };
}

function spoken(say: (language: Language) => string): InBothLanguages {
  return { "zh-CN": say("zh-CN"), en: say("en") };
}
