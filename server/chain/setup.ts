import { AbiCoder, type Interface } from "ethers";

import { bytesToHex, utf8, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { addressesOf, type ContractAddresses, type ContractName, type Contracts } from "./ledger-contracts.ts";
import { hexData } from "./quantity.ts";
import type { SetupAccount, SetupStep } from "./setup-step.ts";

/** An agency as it shall stand on the chain. */
export interface EnrolledAgency {
  readonly uscc: string;
  readonly name: string;
  /** bit k stands for kind k */
  readonly kinds: number;
  /** agency that is overseen -> bits of effects */
  readonly oversight: Readonly<Record<string, number>>;
}

export interface SetupPlanInput {
  readonly contracts: Contracts;
  readonly accounts: Readonly<Record<SetupAccount | "admin", Hex>>;
  readonly agencies: readonly EnrolledAgency[];
  /** ERC-7913 bytes of the signer of an agency */
  readonly signerOf: (agency: string) => Hex;
  /** seconds from the announcement of a change by the registrar to the change, once the first agencies are enrolled; absent or 0: none */
  readonly registrarDelay?: number;
}

/** AccessManager's own number for the role that may do everything, and ours for the one that enrols agencies. */
const ADMIN_ROLE = 0n;
const REGISTRAR_ROLE = 1n;
/** What is granted counts at once; the registrar too begins without a delay, or nobody could be enrolled for days. */
const NO_DELAY = 0n;
/** The last second that the contract can store. */
const FOREVER = 2n ** 40n - 1n;

const registrarFunctions = ["enrol", "rename", "setKinds", "setSigner", "setSuspension", "setOversight"];
const abi = AbiCoder.defaultAbiCoder();

/**
 * All that must be true of a chain before it takes a batch, in order: contracts deployed, rights given, agencies enrolled, and the
 * deployer without any right left. Every step can be repeated.
 */
export function setupPlan(input: SetupPlanInput): SetupStep[] {
  const at = addressesOf(input.accounts.deployer);
  return [...deployments(input, at), ...rights(input, at), ...enrolments(input, at), ...handover(input, at)];
}

function deployments({ contracts, accounts }: SetupPlanInput, at: ContractAddresses): SetupStep[] {
  const create = (name: ContractName, ...addresses: Hex[]): SetupStep => {
    const words = addresses.map((address) => abi.encode(["address"], [address]).slice(2)).join("");
    const data = hexData(contracts[name].bytecode + words, "creation code");
    return { step: `deploy ${name}`, phase: 1, from: "deployer", to: null, data, probe: { address: at[name] } };
  };
  return [
    create("accessManager", accounts.deployer),
    create("agencies", at.accessManager),
    create("ledger", at.agencies),
    create("p256Verifier"),
  ];
}

function rights({ contracts, accounts }: SetupPlanInput, at: ContractAddresses): SetupStep[] {
  const manager = call(contracts.accessManager.interface, at.accessManager, "deployer");
  const selectors = registrarFunctions.map((name) => selectorOf(contracts.agencies.interface, name));
  return [
    manager({
      step: "functions of the registrar",
      phase: 2,
      write: ["setTargetFunctionRole", at.agencies, selectors, REGISTRAR_ROLE],
      read: ["getTargetFunctionRole", at.agencies, selectors[0]],
      expect: word(REGISTRAR_ROLE),
    }),
    manager({
      step: "registrar",
      phase: 2,
      write: ["grantRole", REGISTRAR_ROLE, accounts.registrar, NO_DELAY],
      read: ["hasRole", REGISTRAR_ROLE, accounts.registrar],
      expect: word(1n),
    }),
  ];
}

function enrolments(input: SetupPlanInput, at: ContractAddresses): SetupStep[] {
  const register = call(input.contracts.agencies.interface, at.agencies, "registrar");
  return input.agencies.flatMap(({ uscc, name, kinds, oversight }): SetupStep[] => {
    const code = agencyCode(uscc);
    const signer = input.signerOf(uscc);
    const rightsOf = ["rightsOf", code] as const;
    return [
      register({
        step: `enrol ${uscc}`,
        phase: 3,
        write: ["enrol", code, name, kinds],
        read: rightsOf,
        word: 2,
        expect: word(1n),
      }),
      register({
        step: `name of ${uscc}`,
        phase: 4,
        write: ["rename", code, name],
        read: ["nameOf", code],
        expect: text(name),
      }),
      register({
        step: `kinds of ${uscc}`,
        phase: 4,
        write: ["setKinds", code, kinds],
        read: rightsOf,
        expect: word(BigInt(kinds)),
      }),
      register({
        step: `signer ${signer} of ${uscc}`,
        phase: 4,
        write: ["setSigner", code, signer, 0, FOREVER],
        read: ["signerPeriod", code, signer],
        word: 1,
        expect: word(FOREVER),
      }),
      ...Object.entries(oversight).map(([overseen, effects]) =>
        register({
          step: `oversight of ${uscc} over ${overseen}`,
          phase: 5,
          write: ["setOversight", code, agencyCode(overseen), effects],
          read: ["oversightOf", code, agencyCode(overseen)],
          expect: word(BigInt(effects)),
        }),
      ),
    ];
  });
}

/** The admin can do everything before the deployer can do nothing. */
function handover({ contracts, accounts, registrarDelay = 0 }: SetupPlanInput, at: ContractAddresses): SetupStep[] {
  const manager = call(contracts.accessManager.interface, at.accessManager, "deployer");
  const delay = manager({
    step: "delay of the registrar",
    phase: 6,
    write: ["grantRole", REGISTRAR_ROLE, accounts.registrar, registrarDelay],
    read: ["hasRole", REGISTRAR_ROLE, accounts.registrar],
    word: 1,
    expect: word(BigInt(registrarDelay)),
  });
  return [
    ...(registrarDelay === 0 ? [] : [delay]),
    manager({
      step: "admin",
      phase: 6,
      write: ["grantRole", ADMIN_ROLE, accounts.admin, NO_DELAY],
      read: ["hasRole", ADMIN_ROLE, accounts.admin],
      expect: word(1n),
    }),
    manager({
      step: "deployer has no right",
      phase: 7,
      write: ["renounceRole", ADMIN_ROLE, accounts.deployer],
      read: ["hasRole", ADMIN_ROLE, accounts.deployer],
      expect: word(0n),
    }),
  ];
}

interface Wish {
  readonly step: string;
  readonly phase: number;
  readonly write: readonly [name: string, ...args: readonly unknown[]];
  readonly read: readonly [name: string, ...args: readonly unknown[]];
  /** the word of what `read` answers at which `expect` begins; 0 if absent */
  readonly word?: number;
  readonly expect: Hex;
}

function call(contract: Interface, to: Hex, from: SetupAccount): (wish: Wish) => SetupStep {
  const encode = ([name, ...args]: Wish["write"]): Hex => hexData(contract.encodeFunctionData(name, args), "a call");
  return ({ step, phase, write, read, word: at = 0, expect }) => ({
    step,
    phase,
    from,
    to,
    data: encode(write),
    probe: { to, data: encode(read), word: at, expect },
  });
}

function selectorOf(contract: Interface, name: string): string {
  const found = contract.getFunction(name);
  if (found === null) throw new HufuError("INVARIANT", `the register of agencies has no function ${name}`);
  return found.selector;
}

/** `bytes18` as ethers takes it. */
function agencyCode(uscc: string): Hex {
  return `0x${bytesToHex(utf8(uscc))}`;
}

function word(value: bigint): Hex {
  return `0x${value.toString(16).padStart(64, "0")}`;
}

function text(value: string): Hex {
  return hexData(abi.encode(["string"], [value]), "a text");
}
