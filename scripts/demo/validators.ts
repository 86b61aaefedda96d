import { join } from "node:path";
import { z } from "zod";
import type { Network } from "../network/network.ts";
import { runCommand } from "./command.ts";
import type { Gateway } from "./gateway.ts";
import type { Taken } from "./offline.ts";
import type { Steps } from "./steps.ts";

/** The validator that is killed: the one whose node the gateway asks first. */
const victim = 1;
/** The validator whose institution publishes a trust bundle of its own. */
const publisher = 2;

const findings = z.looseObject({
  findings: z.array(
    z.looseObject({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
});

/** Four validators run, and each may sign. */
export async function showNetwork(network: Network, { begin, expect, say }: Steps): Promise<void> {
  begin("Four validators, each a process of its own");
  const { validators, signers, isMakingBlocks } = await network.status();
  expect("validators that run", validators.filter(({ state }) => state === "running").length, 4);
  expect("validators that may sign", signers.length, 4);
  expect("blocks come", isMakingBlocks, true);
  for (const { number, address, rpc } of validators) say(`validator ${number}: ${address}, ${rpc}`);
}

/** One is killed: the chain goes on, and the doctor names it. */
export async function killOne(network: Network, { begin, expect }: Steps): Promise<void> {
  begin("A validator loses its power: the very one whose node the gateway asks");
  await network.kill(victim);
  const { validators } = await network.status();
  expect("validators that run", validators.filter(({ state }) => state === "running").length, 3);
}

/** What was written meanwhile is in the ledger; the doctor says who is missing. */
export async function examineWithout(
  network: Network,
  gateway: Gateway,
  { begin, expect, signal }: Steps,
): Promise<void> {
  begin("Meanwhile, the doctor looks at gateway and chain");
  const others = network.state().validators.filter(({ number }) => number !== victim);
  const rpc = others.map(({ number }) => network.url(number)).join(",");
  const args = ["--data", gateway.folder, "--rpc", rpc, "--json"];
  const { output } = await runCommand("doctor.ts", args, signal);
  const silent = findings.parse(JSON.parse(output)).findings.filter(({ code }) => code === "VALIDATOR_SILENT");
  const dead = network.state().validators.find(({ number }) => number === victim);
  expect("validators that it misses", silent.map(({ params }) => params["validator"]).join(), dead?.address);
}

/** It comes back, and signs again. */
export async function startAgain(network: Network, { begin, expect }: Steps): Promise<void> {
  begin("The validator is started again, and catches up");
  await network.start(victim);
  const { validators, isMakingBlocks } = await network.status();
  expect("validators that run", validators.filter(({ state }) => state === "running").length, 4);
  expect("blocks come", isMakingBlocks, true);
}

/** An institution makes the trust bundle from its own validator: the citizen takes that one home. */
export async function publishBundle(
  network: Network,
  gateway: Gateway,
  taken: Taken,
  { begin, expect, signal }: Steps,
): Promise<void> {
  begin("An institution publishes a trust bundle that it made from its own validator");
  const own = network.state().validators.find(({ number }) => number === publisher);
  const bundle = join(taken.folder, "trust.json");
  const args = [
    ...["--rpc", network.url(publisher), "--from", gateway.url, "--out", bundle],
    ...["--publisher", "坪山示例审计局（虚构）", "--validator", own?.address ?? ""],
  ];
  const { exitCode } = await runCommand("trust.ts", args, signal);
  expect("exit code of npm run trust: it agrees with the gateway's", exitCode, 0);
}
