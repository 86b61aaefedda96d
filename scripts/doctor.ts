import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { HufuError } from "../core/error.ts";
import { createKeccak } from "../core/ledger/keccak.ts";
import { wasmRecover } from "../server/chain/recover.ts";
import { createRpc } from "../server/chain/rpc.ts";
import { parseConfig } from "../server/config.ts";
import { shownAddress } from "../server/web-address.ts";
import { examine, type Question } from "./doctor/examine.ts";
import { exitCodeOf } from "./doctor/finding.ts";
import { readOptions, type Options } from "./doctor/options.ts";
import { documentOf, say } from "./doctor/say.ts";
import { readText } from "./trust/read-bundle.ts";
import { plain } from "./verify/plain.ts";

const couldNotLook = 2;
const timeoutMs = 10_000;
/** What a gateway writes into its folder when it is ready. One of version 0.1 wrote only the node that it asked then. */
const whereabouts = z.object({ url: z.string(), rpc: z.string(), nodes: z.array(z.string()).optional() });

const options = readOptions(process.argv.slice(2));

try {
  const findings = await examine(await questionOf(options));
  if (options.json === true) console.log(JSON.stringify(documentOf(findings, new Date().toISOString()), null, 2));
  else console.log(say(findings));
  process.exitCode = exitCodeOf(findings);
} catch (error) {
  // Even our own mistake is no finding: the exit code 1, which Node would give it, says that the gateway has a problem.
  process.exitCode = couldNotLook;
  console.error(error instanceof HufuError ? plain(error.message) : error);
}

/** What was named, else what the environment says that the gateway is started with, else what its folder says. */
async function questionOf({ data: named, gateway, rpc, trust }: Options): Promise<Question> {
  const config = parseConfig({ ...process.env, ...(named !== undefined && { HUFU_DATA: named }) });
  const { data } = config;
  const there = readWhereabouts(data);
  const urls = rpc ?? (config.rpc.length > 0 ? config.rpc : there === null ? [] : (there.nodes ?? [there.rpc]));
  return {
    ...{ data, gateway: gateway ?? there?.url ?? null, trust: readTrust(trust, data) },
    nodes: urls.map((url) => ({ url: shownAddress(url), rpc: createRpc({ url: () => url, timeoutMs }) })),
    ...{ password: config.keystorePassword, gasPrice: config.gasPrice, batchSize: config.batchSize, now: Date.now },
    ...{ keccak: await createKeccak(), recover: wasmRecover },
  };
}

function readWhereabouts(data: string): z.infer<typeof whereabouts> | null {
  const file = join(data, "gateway.json");
  if (!existsSync(file)) return null;
  try {
    return whereabouts.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

/** Throws INVALID_REQUEST where the one that was named cannot be read. */
function readTrust(named: string | undefined, data: string): Question["trust"] {
  const file = named ?? join(data, "trust.json");
  return named === undefined && !existsSync(file) ? null : { name: file, text: readText(file) };
}
