import { Interface } from "ethers";
import { to0x, utf8, type Hex } from "../../core/bytes.ts";
import type { AgencyState } from "../../core/ledger/agency-register.ts";
import type { Replay } from "../../core/ledger/replay.ts";
import { hexData, toQuantity } from "../../server/chain/quantity.ts";
import { resultOf, type Rpc } from "../../server/chain/rpc.ts";
import { divergence, type AuditCode, type AuditDivergence } from "./report.ts";

const register = new Interface([
  "function nameOf(bytes18 agency) view returns (string)",
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
}

export interface RegisterInput {
  readonly rpc: Rpc;
  readonly address: Hex;
  readonly replay: Replay;
  readonly block: number;
}

/** Whether the register answers for every agency, signer and overseer what the events say, in that block's state. */
export async function compareRegister(input: RegisterInput): Promise<AuditDivergence | undefined> {
  const { rpc, address, block } = input;
  const questions = [...input.replay.agencies()].flatMap(([agency, state]) => questionsOf(agency, state));
  const calls = questions.map(({ method, values }) => ({
    method: "eth_call",
    params: [{ to: address, data: register.encodeFunctionData(method, values) }, toQuantity(block)],
  }));
  const answers = await rpc.batch(calls);
  for (const [index, { method, expected, code, names }] of questions.entries()) {
    const data = hexData(resultOf(answers[index], "eth_call"), "the register's answer");
    const [wanted, found] = [expected, [...register.decodeFunctionResult(method, data)]].map((list) => list.join(", "));
    if (wanted === undefined || found === undefined) continue;
    if (wanted !== found) return divergence(code, `The register's ${method} is another`, wanted, found, names);
  }
  return undefined;
}

function questionsOf(agency: string, state: AgencyState): Question[] {
  const code = to0x(utf8(agency));
  const names = { agency };
  const rights = [state.kinds, state.suspended, true];
  return [
    { method: "nameOf", values: [code], expected: [state.name], code: "AGENCY_NAME_DIFFERS", names },
    { method: "rightsOf", values: [code], expected: rights, code: "AGENCY_RIGHTS_DIFFER", names },
    ...[...state.signers].map(([signer, { validFrom, validUntil }]): Question => ({
      method: "signerPeriod",
      values: [code, `0x${signer}`],
      expected: [validFrom, validUntil],
      code: "SIGNER_PERIOD_DIFFERS",
      names: { agency, signer: `0x${signer}` },
    })),
    ...[...state.overseers].map(([overseer, effects]): Question => ({
      method: "oversightOf",
      values: [to0x(utf8(overseer)), code],
      expected: [effects],
      code: "OVERSIGHT_DIFFERS",
      names: { agency, overseer },
    })),
  ];
}
