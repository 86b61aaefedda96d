import { writeFileSync } from "node:fs";
import { HufuError } from "../core/error.ts";
import { parseJson } from "../core/json/parse.ts";
import { isObject } from "../core/json/shape.ts";
import { createKeccak } from "../core/ledger/keccak.ts";
import type { SignatureTools } from "../core/proofs/signature.ts";
import { followTrust } from "../core/trust/anchor.ts";
import type { TrustBundle } from "../core/trust/bundle.ts";
import { compareTrust } from "../core/trust/compare.ts";
import { configIn } from "../server/chain/genesis-file.ts";
import { wasmRecover } from "../server/chain/recover.ts";
import { createRpc } from "../server/chain/rpc.ts";
import { shownAddress } from "../server/web-address.ts";
import { createPatientRpc } from "./audit/patient-rpc.ts";
import { makeTrust } from "./trust/make.ts";
import { readOptions, type Options } from "./trust/options.ts";
import { createTeller } from "./trust/progress.ts";
import { readBundle, readText } from "./trust/read-bundle.ts";
import { sayBundle, sayDifferences } from "./trust/say.ts";

const exitCodes = { agrees: 0, differs: 1, unusable: 2 } as const;
const rpcTimeoutMs = 120_000;

/** What a run comes to: the exit code, and what is printed of it. */
interface Outcome {
  readonly agrees: boolean;
  readonly document: object;
  readonly text: string;
}

const options = readOptions(process.argv.slice(2));

try {
  const tools = { keccak: await createKeccak(), recover: wasmRecover };
  const { agrees, document, text } = await run(options, tools);
  console.log(options.json === true ? JSON.stringify(document, null, 2) : text);
  process.exitCode = agrees ? exitCodes.agrees : exitCodes.differs;
} catch (error) {
  // Even our own mistake is no difference: the exit code 1, which Node would give it, says that a bundle does not hold.
  const doesNotHold = error instanceof HufuError && error.code === "INVALID_PROOF";
  process.exitCode = doesNotHold ? exitCodes.differs : exitCodes.unusable;
  console.error(error instanceof HufuError ? error.message : error);
}

function run({ show, compare, ...others }: Options, tools: SignatureTools): Promise<Outcome> {
  if (show !== undefined) return showBundle(show, tools);
  if (compare !== undefined) return compareBundles(compare, tools);
  return make(others, tools);
}

async function showBundle(source: string, tools: SignatureTools): Promise<Outcome> {
  const bundle = await readBundle(source);
  const state = followTrust(bundle, tools);
  return { agrees: true, document: { bundle, state }, text: sayBundle(bundle, state) };
}

async function compareBundles([one = "", other = ""]: readonly string[], tools: SignatureTools): Promise<Outcome> {
  const [pinned, offered] = [await readBundle(one), await readBundle(other)];
  for (const bundle of [pinned, offered]) followTrust(bundle, tools);
  const { change, what } = compareTrust(pinned, offered);
  const verdict = { same: "The same.", grown: "The same ledger.", other: "Another ledger." }[change];
  const text = `${verdict} ${shownAddress(other)} has otherwise than ${shownAddress(one)}:\n${sayDifferences(what)}`;
  return { agrees: change !== "other", document: { change, what }, text };
}

async function make(given: Options, tools: SignatureTools): Promise<Outcome> {
  const { rpc: url = "", from = "", publisher: name = "", genesis, out, accept } = given;
  const made = await makeTrust({
    ...tools,
    rpc: createPatientRpc(createRpc({ url: () => url, timeoutMs: rpcTimeoutMs })),
    from: await readBundle(from),
    publisher: { name, validator: given.validator ?? null, url: given.url ?? null },
    config: genesis === undefined ? null : readConfig(genesis),
    tell: createTeller(
      (line) => console.error(line),
      () => performance.now(),
    ),
  });
  const { bundle, state, agrees, what } = made;
  const written = out !== undefined && (agrees || accept === true) ? out : null;
  if (written !== null) writeBundle(written, bundle);
  const verdict = agrees ? "AGREES" : "DIFFERS";
  const where = written === null ? "Not written." : `Written to ${written}.`;
  const text = `${verdict}: your node has otherwise than ${shownAddress(from)}:\n${sayDifferences(what)}\n${where}\n\n${sayBundle(bundle, state)}`;
  return { agrees, document: { outcome: verdict, what, written, bundle }, text };
}

function writeBundle(file: string, bundle: TrustBundle): void {
  try {
    writeFileSync(file, `${JSON.stringify(bundle, null, 2)}\n`);
  } catch (cause) {
    throw new HufuError("INVALID_REQUEST", `${file} cannot be written.`, { cause });
  }
}

function readConfig(file: string): ReturnType<typeof configIn> {
  const value = parseJson(readText(file));
  if (!isObject(value)) throw new HufuError("INVALID_REQUEST", `${file} is no genesis file.`);
  return configIn(file, value);
}
