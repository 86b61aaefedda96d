import { Interface } from "ethers";
import { hexToBytes, to0x, utf8, type Hex } from "../../core/bytes.ts";
import { decodedName, type AgencyState } from "../../core/ledger/agency-register.ts";
import type { Replay } from "../../core/ledger/replay.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { hexData, toQuantity } from "../../server/chain/quantity.ts";
import { resultOf } from "../../server/chain/rpc.ts";
import { notItsState, proveSlots, type ProveSlotsInput, type SlotWord } from "./prove-slots.ts";
import { nameSlots, oversightSlot, periodSlot, rightsSlots } from "./register-slots.ts";
import { divergence, type AuditCode, type AuditDivergence } from "./report.ts";

// A name is read as bytes: the chain does not check that it is UTF-8.
const register = new Interface([
  "function nameOf(bytes18 agency) view returns (bytes)",
  "function rightsOf(bytes18 agency) view returns (uint256 kinds, bool suspended, bool enrolled)",
  "function signerPeriod(bytes18 agency, bytes signer) view returns (uint40 validFrom, uint40 validUntil)",
  "function oversightOf(bytes18 overseer, bytes18 agency) view returns (uint8 effects)",
]);

/** A question to the register, the answer that the events give, and whom it concerns. */
interface Question {
  readonly method: string;
  readonly values: readonly unknown[];
  readonly expected: readonly unknown[];
  readonly code: AuditCode;
  readonly names: AuditDivergence["names"];
  /** the slots that the register reads to answer it, as the events leave them */
  slots(keccak: Keccak): SlotWord[];
}

export interface RegisterInput extends ProveSlotsInput {
  /** up to the block of `state` */
  readonly replay: Replay;
}

/**
 * Whether the register answers for every agency, signer and overseer what the events say, in that block's state. Where it answers something else, the proof
 * of what it had to read decides: throws what {@link proveSlots} throws.
 */
export async function compareRegister(input: RegisterInput): Promise<AuditDivergence | undefined> {
  const to = input.trust.contracts.agencies.address;
  const tag = toQuantity(input.state.block.number);
  const questions = [...input.replay.agencies()].flatMap(([agency, state]) => questionsOf(agency, state));
  const calls = questions.map(({ method, values }) => ({
    method: "eth_call",
    params: [{ to, data: register.encodeFunctionData(method, values) }, tag],
  }));
  const answers = await input.rpc.batch(calls);
  for (const [index, question] of questions.entries()) {
    const data = hexData(resultOf(answers[index], "eth_call"), "the register's answer");
    const [wanted, found] = [question.expected.join(", "), readable(question, data)];
    if (wanted !== found) return judged(input, question, wanted, found);
  }
  return undefined;
}

/** What is no answer of the register's stays as it is. */
function readable({ method }: Question, data: Hex): string {
  try {
    const values: unknown[] = [...register.decodeFunctionResult(method, data)];
    return method === "nameOf" ? decodedName(hexToBytes(String(values[0]))) : values.join(", ");
  } catch {
    return data;
  }
}

/** The register's code is proven: if it has to read what the events say, it does not answer otherwise. */
async function judged(input: RegisterInput, question: Question, wanted: string, found: string) {
  const { method, code, names } = question;
  const told = divergence(code, `The register's ${method} is another`, wanted, found, names);
  const expected = question.slots(input.keccak);
  const proven = await proveSlots(
    input,
    "agencies",
    expected.map(({ slot }) => slot),
  );
  return expected.every(({ word }, index) => word === proven[index]) ? notItsState(told) : told;
}

function questionsOf(agency: string, state: AgencyState): Question[] {
  const code = to0x(utf8(agency));
  const names = { agency };
  return [
    {
      method: "nameOf",
      values: [code],
      expected: [state.name],
      code: "AGENCY_NAME_DIFFERS",
      names,
      slots: (keccak) => nameSlots(agency, state, keccak),
    },
    {
      method: "rightsOf",
      values: [code],
      expected: [state.kinds, state.suspended, true],
      code: "AGENCY_RIGHTS_DIFFER",
      names,
      slots: (keccak) => rightsSlots(agency, state, keccak),
    },
    ...[...state.signers].map(([signer, period]): Question => ({
      method: "signerPeriod",
      values: [code, `0x${signer}`],
      expected: [period.validFrom, period.validUntil],
      code: "SIGNER_PERIOD_DIFFERS",
      names: { agency, signer: `0x${signer}` },
      slots: (keccak) => [periodSlot(agency, hexToBytes(signer), period, keccak)],
    })),
    ...[...state.overseers].map(([overseer, effects]): Question => ({
      method: "oversightOf",
      values: [to0x(utf8(overseer)), code],
      expected: [effects],
      code: "OVERSIGHT_DIFFERS",
      names: { agency, overseer },
      slots: (keccak) => [oversightSlot(overseer, agency, effects, keccak)],
    })),
  ];
}
