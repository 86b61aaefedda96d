/**
 * Measures what a record costs, ours and others', from the receipts of real transactions on an EVM in this process, and writes
 * `docs/gas.md`: `npm run bench:gas`. Exit code 1 where a figure that we promise is missed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Chain, startChain } from "./chain.ts";
import { startHufu } from "./hufu.ts";
import { type Notarise, startDocumentStore, startEas, startNaive } from "./peers.ts";
import { counts, failures, type Figures, page, type Row } from "./page.ts";

/** Installs the others' packages, in a folder of their own for they bring other versions of our tools, unless this very list of them is there. */
function installPeers(): void {
  const cwd = join(import.meta.dirname, "peers");
  const lock = readFileSync(join(cwd, "package-lock.json"), "utf8");
  const stamp = join(cwd, "node_modules", ".installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.error("[bench] installing the contracts to compare with ...");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", args, { cwd, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error("npm ci failed in scripts/bench/gas/peers");
  writeFileSync(stamp, lock);
}

/** The very first record pays for slots that every later one finds; so one goes before. */
async function measure(name: string, notarise: Notarise): Promise<Row> {
  await notarise(1);
  const gas: number[] = [];
  for (const count of counts) gas.push((await notarise(count)) / count);
  console.error(`[bench] ${name}`);
  return { name, gas };
}

async function measureOurs(chain: Chain): Promise<Pick<Figures, "anchor" | "p256" | "statuses" | "trees">> {
  const hufu = await startHufu(chain);
  return {
    anchor: await measure("Hufu `anchor`", hufu.anchor),
    p256: await measure("Hufu `anchor`, P-256 signer, no precompile", hufu.anchorP256),
    statuses: [await hufu.setStatus(1), (await hufu.setStatus(20)) / 20],
    trees: await hufu.trees(500),
  };
}

/** Every figure of the page; installs the others' packages first. */
export async function measureGas(): Promise<Figures> {
  installPeers();
  const shanghai = await startChain("shanghai");
  const ours = await measureOurs(shanghai);
  const prague = await measure("Hufu `anchor`, Prague", (await startHufu(await startChain("prague"))).anchor);
  const eas = await startEas(shanghai);
  const store = await startDocumentStore(shanghai);
  const naive = await startNaive(shanghai);
  const timestamp = await measure("EAS `timestamp` / `multiTimestamp`", eas.timestamp);
  const issue = await measure("OpenAttestation `issue` / `bulkIssue`", store.issue);
  const rootGas = await store.issue(1);
  const root = { name: "OpenAttestation `issue(root)`: the root alone", gas: counts.map((count) => rootGas / count) };
  return {
    ...ours,
    prague,
    timestamp,
    others: [
      await measure("EAS `attest` / `multiAttest`", eas.attest),
      issue,
      await measure("naive notary, four slots a record", naive.notarise),
      root,
    ],
  };
}

async function main(): Promise<void> {
  const figures = await measureGas();
  const text = page(figures);
  console.log(text);
  writeFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "gas.md"), text);
  for (const failure of failures(figures)) {
    console.error(`[bench] ${failure}`);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
