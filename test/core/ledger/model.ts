import type { DivergenceCode } from "../../../core/ledger/divergence.ts";

/** One thing that somebody tries to do to a ledger, with names for agencies and numbers for records. */
export type Attempt =
  | { readonly do: "enrol"; readonly agency: string }
  | { readonly do: "kinds"; readonly agency: string; readonly kinds: readonly number[] }
  | { readonly do: "signer"; readonly agency: string; readonly from: number; readonly until: number }
  | { readonly do: "suspend"; readonly agency: string; readonly suspended: boolean }
  | { readonly do: "oversee"; readonly overseer: string; readonly agency: string; readonly effects: readonly number[] }
  | { readonly do: "anchor"; readonly agency: string; readonly kind: number; readonly records: readonly number[] }
  | {
      readonly do: "status";
      readonly actor: string;
      readonly agency: string;
      readonly kind: number;
      readonly record: number;
      readonly effect: number;
      readonly version: number;
      readonly basis: number;
    };

/** The rules once more, as one would tell them to a clerk: lists and strings, nothing hashed, no concern for speed. */
export class ClerksLedger {
  readonly enrolled: string[] = [];
  readonly kinds: Record<string, readonly number[]> = {};
  readonly signers: Record<string, { from: number; until: number }> = {};
  readonly suspended: string[] = [];
  readonly oversight: Record<string, readonly number[]> = {};
  readonly anchored: string[] = [];
  readonly batches: string[] = [];
  readonly statuses: Record<string, { effect: number; version: number }> = {};

  /** The code that the attempt is refused with at that time; undefined: it is done. */
  attempt(attempt: Attempt, time: number): DivergenceCode | undefined {
    if (attempt.do === "anchor") return this.anchor(attempt, time);
    if (attempt.do === "status") return this.status(attempt, time);
    const isNew = !this.enrolled.includes(attempt.agency);
    if (attempt.do === "enrol") {
      if (!isNew) return "ALREADY_ENROLLED";
      this.enrolled.push(attempt.agency);
      return undefined;
    }
    if (isNew) return "NOT_ENROLLED";
    if (attempt.do === "kinds") {
      if (attempt.kinds.includes(0)) return "INVALID_KINDS";
      this.kinds[attempt.agency] = attempt.kinds;
    }
    if (attempt.do === "signer") {
      if (attempt.from > attempt.until) return "INVALID_PERIOD";
      this.signers[attempt.agency] = { from: attempt.from, until: attempt.until };
    }
    if (attempt.do === "suspend") {
      const others = this.suspended.filter((agency) => agency !== attempt.agency);
      this.suspended.splice(0, this.suspended.length, ...others, ...(attempt.suspended ? [attempt.agency] : []));
    }
    return attempt.do === "oversee" ? this.oversee(attempt) : undefined;
  }

  private oversee({ overseer, agency, effects }: Extract<Attempt, { do: "oversee" }>): DivergenceCode | undefined {
    if (!this.enrolled.includes(overseer)) return "NOT_ENROLLED";
    if (overseer === agency) return "SELF_OVERSIGHT";
    if (effects.some((effect) => ![1, 2, 3, 5].includes(effect))) return "INVALID_OVERSIGHT";
    this.oversight[`${overseer} over ${agency}`] = effects;
    return undefined;
  }

  private cannotSign(agency: string, time: number): DivergenceCode | undefined {
    if (!this.enrolled.includes(agency)) return "NOT_ENROLLED";
    if (this.suspended.includes(agency)) return "SUSPENDED";
    const signer = this.signers[agency];
    return signer === undefined || time < signer.from || time > signer.until ? "SIGNER_NOT_VALID" : undefined;
  }

  private anchor(attempt: Extract<Attempt, { do: "anchor" }>, time: number): DivergenceCode | undefined {
    const { agency, kind, records } = attempt;
    const mayWrite = !this.enrolled.includes(agency) || (this.kinds[agency] ?? []).includes(kind);
    if (!mayWrite) return "KIND_NOT_ALLOWED";
    const cannot = this.cannotSign(agency, time);
    if (cannot !== undefined) return cannot;
    const batch = `${agency} ${kind} ${[...records].sort().join()}`;
    if (this.batches.includes(batch)) return "DUPLICATE_ROOT";
    this.batches.push(batch);
    this.anchored.push(...records.map((record) => `${agency} ${kind} ${record}`));
    return undefined;
  }

  private status(attempt: Extract<Attempt, { do: "status" }>, time: number): DivergenceCode | undefined {
    const { actor, agency, kind, record, effect, version, basis } = attempt;
    const cannot = this.cannotSign(actor, time);
    if (cannot !== undefined) return cannot;
    const mayAct = actor === agency || (this.oversight[`${actor} over ${agency}`] ?? []).includes(effect);
    if (!mayAct) return "ACTOR_NOT_ALLOWED";
    const name = `${agency} ${kind} ${record}`;
    if (!this.anchored.includes(name)) return "RECORD_NOT_ANCHORED";
    const now = this.statuses[name] ?? { effect: 0, version: 0 };
    if (now.effect >= 4) return "TERMINAL_STATUS";
    if (version !== now.version + 1) return "VERSION_MISMATCH";
    const isDecision = this.enrolled.some((somebody) => this.anchored.includes(`${somebody} 4 ${basis}`));
    const isSuccessor = effect === 4 && basis !== record && this.anchored.includes(`${agency} ${kind} ${basis}`);
    if (!isDecision && !isSuccessor) return "BASIS_NOT_ANCHORED";
    this.statuses[name] = { effect, version };
    return undefined;
  }
}
