import { expect } from "chai";

import type { Hex } from "../../../core/bytes.ts";
import { addressesOf, contractOrder, loadContracts } from "../../../server/chain/ledger-contracts.ts";
import { setupPlan } from "../../../server/chain/setup.ts";
import { HufuError } from "../../../core/error.ts";

const contracts = loadContracts();
const account = (digit: string): Hex => `0x${digit.repeat(40)}`;
const accounts = { deployer: account("1"), registrar: account("2"), admin: account("3") };
const [a, b] = ["11440310XX0001011N", "12440310XX0001097E"] as const;
const agencies = [
  { uscc: a, name: "甲", kinds: 0b10, oversight: {} },
  { uscc: b, name: "乙", kinds: 0b10000, oversight: { [a]: 0b100 } },
];
const input = { contracts, accounts, agencies, signerOf: () => account("5"), registrarDelay: 0 } as const;
const plan = setupPlan(input);
const phaseOf = (step: string): number => plan.find((item) => item.step === step)?.phase ?? NaN;
const at = addressesOf(accounts.deployer);

describe("the plan of the setup", () => {
  it("names each step once, and never goes back a phase", () => {
    expect(new Set(plan.map(({ step }) => step)).size).to.equal(plan.length);
    const phases = plan.filter(({ from }) => from === "deployer").map(({ phase }) => phase);
    expect(phases).to.deep.equal(phases.toSorted((one, other) => one - other));
  });

  it("deploys first, in the order that decides the addresses, which are probed for code", () => {
    const deployed = plan.filter(({ to }) => to === null);
    expect(plan.slice(0, 4)).to.deep.equal(deployed);
    expect(deployed.map(({ probe }) => probe)).to.deep.equal(contractOrder.map((name) => ({ address: at[name] })));
  });

  it("enrols before it sets rights, every agency before any oversight, and takes the deployer's right last", () => {
    expect([phaseOf(`enrol ${b}`), phaseOf(`kinds of ${b}`), phaseOf(`oversight of ${b} over ${a}`)]).to.deep.equal([
      3, 4, 5,
    ]);
    expect([phaseOf("admin"), phaseOf("deployer has no right")]).to.deep.equal([6, 7]);
    expect(plan.at(-1)?.step).to.equal("deployer has no right");
    for (const { step, from } of plan.filter(({ phase }) => phase >= 3 && phase <= 5))
      expect(from, step).to.equal("registrar");
  });

  it("gives the registrar a delay before the handover, where it shall have one, and not before all are enrolled", () => {
    const delayed = setupPlan({ ...input, registrarDelay: 172_800 });
    const added = delayed.filter(({ step }) => !plan.some((known) => known.step === step));
    expect(added.map(({ step, phase }) => [step, phase])).to.deep.equal([["delay of the registrar", 6]]);
    expect(delayed).to.have.length(plan.length + 1);
    expect(delayed.at(-1)?.step).to.equal("deployer has no right");
  });

  it("takes an agency that is there with other data for enrolled, and mends the data", () => {
    const probe = plan.find(({ step }) => step === `enrol ${a}`)?.probe;
    const answer = contracts.agencies.interface.encodeFunctionResult("rightsOf", [0b111110, false, true]);
    expect(probe).to.have.property("word", 2);
    expect(probe && "expect" in probe && answer.slice(2 + 2 * 64)).to.equal(
      probe && "expect" in probe && probe.expect.slice(2),
    );
    const wish = plan.find(({ step }) => step === `name of ${a}`);
    expect(contracts.agencies.interface.decodeFunctionData("rename", wish?.data ?? "0x")[1]).to.equal("甲");
  });

  it("is refused where the contracts were not compiled", () => {
    expect(() => loadContracts("/nowhere"))
      .to.throw(HufuError)
      .with.property("code", "CHAIN_FAILED");
  });
});
