interface Agency {
  kinds: bigint;
  suspended: boolean;
  readonly signers: Map<string, readonly [from: number, until: number]>;
  /** by overseer: bits of the effects that it may set */
  readonly overseers: Map<string, number>;
}

/** What an event says, by the names of its arguments. */
export interface Said {
  readonly name: string;
  /** an agency's code */
  code(argument: string): string;
  number(argument: string): number;
  integer(argument: string): bigint;
  /** hex without 0x */
  bytes(argument: string): string;
}

export interface Register {
  readonly codes: readonly string[];
  /** The code of the rule that the event breaks; takes it in if it breaks none. */
  apply(said: Said): string | undefined;
  signing(agency: string, signer: string, time: number): string | undefined;
  mayWrite(agency: string, kind: number): boolean;
  mayAct(actor: string, agency: string, effect: number): boolean;
}

export function createRegister(): Register {
  const agencies = new Map<string, Agency>();

  function enrol(said: Said, code: string): string | undefined {
    if (agencies.has(code)) return "ALREADY_ENROLLED";
    if (!isNameLength(said)) return "NAME_LENGTH";
    agencies.set(code, { kinds: 0n, suspended: false, signers: new Map(), overseers: new Map() });
    return undefined;
  }
  function setSigner(said: Said, agency: Agency): string | undefined {
    const signer = said.bytes("signer");
    const period = [said.number("validFrom"), said.number("validUntil")] as const;
    if (signer.length < 2 * 20 || signer.length > 2 * 1024) return "SIGNER_LENGTH";
    if (period[1] < period[0]) return "INVALID_PERIOD";
    agency.signers.set(signer, period);
    return undefined;
  }
  function setOversight(said: Said, agency: Agency): string | undefined {
    const overseer = said.code("overseer");
    const effects = said.number("effects");
    if (!agencies.has(overseer)) return "NOT_ENROLLED";
    if (overseer === said.code("agency")) return "SELF_OVERSIGHT";
    if ([0, 4, 6, 7].some((effect) => hasBit(effects, effect))) return "INVALID_OVERSIGHT";
    agency.overseers.set(overseer, effects);
    return undefined;
  }
  function apply(said: Said): string | undefined {
    const code = said.code("agency");
    if (said.name === "AgencyEnrolled") return enrol(said, code);
    const agency = agencies.get(code);
    if (agency === undefined) return "NOT_ENROLLED";
    if (said.name === "SignerSet") return setSigner(said, agency);
    if (said.name === "OversightSet") return setOversight(said, agency);
    if (said.name === "AgencyRenamed") return isNameLength(said) ? undefined : "NAME_LENGTH";
    if (said.name === "SuspensionSet") agency.suspended = said.number("suspended") === 1;
    if (said.name !== "KindsSet") return undefined;
    agency.kinds = said.integer("kinds");
    return (agency.kinds & 1n) === 1n ? "INVALID_KINDS" : undefined;
  }

  return {
    get codes() {
      return [...agencies.keys()];
    },
    apply,
    signing(code, signer, time) {
      const agency = agencies.get(code);
      if (agency === undefined) return "NOT_ENROLLED";
      if (agency.suspended) return "SUSPENDED";
      const [from, until] = agency.signers.get(signer) ?? [1, 0];
      return from <= time && time <= until ? undefined : "SIGNER_NOT_VALID";
    },
    mayWrite: (code, kind) => (((agencies.get(code)?.kinds ?? 0n) >> BigInt(kind)) & 1n) === 1n,
    mayAct: (actor, code, effect) => actor === code || hasBit(agencies.get(code)?.overseers.get(actor) ?? 0, effect),
  };
}

function isNameLength(said: Said): boolean {
  const length = said.bytes("name").length / 2;
  return length >= 1 && length <= 600;
}

function hasBit(bits: number, bit: number): boolean {
  return ((bits >> bit) & 1) === 1;
}
