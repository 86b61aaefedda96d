import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { runCommand, type Ran } from "./command.ts";
import type { Gateway } from "./gateway.ts";
import type { Steps } from "./steps.ts";
import type { Notarised } from "./tour.ts";

/** Exit codes of `npm run verify`. */
const genuine = 0;
const notGenuine = 1;

/** A citizen's files: certificates and a trust bundle, taken while the gateway was there. */
export interface Taken {
  readonly folder: string;
  readonly files: readonly string[];
}

/** Takes certificates of a record that still stands and of one whose status was changed, and copies the trust bundle. */
export async function takeCertificates(
  gateway: Gateway,
  records: readonly Notarised[],
  { begin, expect }: Steps,
): Promise<Taken> {
  begin("A citizen takes certificates home, and the trust bundle");
  const folder = `${gateway.folder}-citizen`;
  mkdirSync(folder);
  const trust = await gateway.call("GET", "/v1/trust");
  writeFileSync(join(folder, "trust.json"), JSON.stringify(trust.body));
  const wanted = [
    records.find(({ statuses, amendedDigest }) => statuses.length === 0 && amendedDigest === undefined),
    records.find(({ statuses, amendedDigest }) => statuses.length > 0 && amendedDigest === undefined),
    records.find(({ amendedDigest }) => amendedDigest !== undefined),
  ].filter((record) => record !== undefined);
  const files: string[] = [];
  for (const { digest, recordId } of wanted) {
    const { status, body } = await gateway.call("GET", `/v1/records/${digest}/certificate`);
    const text = JSON.stringify(body);
    expect(`certificate of ${recordId}, bytes below 24,000`, status === 200 && text.length < 24_000, true);
    const file = join(folder, `${digest.slice(0, 16)}.json`);
    writeFileSync(file, text);
    files.push(file);
  }
  return { folder, files };
}

/** With the gateway stopped and its folder moved away, the files still verify; one that was changed does not. */
export async function verifyOffline(
  { folder, files }: Taken,
  gateway: Gateway,
  { begin, expect, say, signal }: Steps,
): Promise<void> {
  begin("The gateway is stopped and its folder moved away: the files prove themselves");
  await gateway.stop();
  const away = `${gateway.folder}-away`;
  renameSync(gateway.folder, away);
  try {
    for (const file of files) {
      const { exitCode, output } = await runVerify(file, folder, signal);
      expect(`exit code of npm run verify, ${basename(file)}`, exitCode, genuine);
      say(output.split("\n")[0] ?? "");
    }
    const forged = join(folder, "forged.json");
    const [first = ""] = files;
    writeFileSync(forged, readFileSync(first, "utf8").replace(/"count":\d+/, '"count":77'));
    expect("exit code for one with another count", (await runVerify(forged, folder, signal)).exitCode, notGenuine);
  } finally {
    renameSync(away, gateway.folder);
  }
}

/** Runs the command as a citizen would, with the bundle that was taken and no memory of its own. */
function runVerify(file: string, folder: string, signal: AbortSignal): Promise<Ran> {
  return runCommand("verify.ts", [file, "--trust", join(folder, "trust.json"), "--no-memory"], signal);
}
