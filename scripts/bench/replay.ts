import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { createKeccak, type Keccak } from "../../core/ledger/keccak.ts";
import { createReplay } from "../../core/ledger/replay.ts";
import { audit } from "../audit/audit.ts";
import { streamLogs } from "../audit/log-stream.ts";
import { addressesIn } from "../audit/trust.ts";
import { startLedgerOnAnvil, type LedgerOnAnvil } from "./ledger-on-anvil.ts";
import { printRows, sampledInTurn, type Row, type Way } from "./sample.ts";
import { sealLedger, type AuditedLedger } from "./sealed-ledger.ts";

const agency = "11440310XX0001011N";
const batchSize = 500;
const unit = "records/s";

interface Filled {
  readonly chain: LedgerOnAnvil;
  readonly records: number;
  /** the newest block */
  readonly last: number;
}

/**
 * Records a second over JSON-RPC at 500 a batch, on a real anvil: replaying a ledger, against fetching its logs alone; and auditing it as `npm run audit` does,
 * without seals and with them. An audit checks the seals of each block that has events, so much hangs on how many records a block has.
 */
export async function benchReplay(records = 100_000, runs = 5): Promise<Row[]> {
  const keccak = await createKeccak();
  return [
    ...(await onLedger(records, 20, runs, async (filled) => [
      ...replayWays(filled, keccak),
      ...(await auditWays(filled, "20 batches a block", keccak)),
    ])),
    ...(await onLedger(records, 1, runs, (filled) => auditWays(filled, "one batch a block", keccak))),
  ];
}

async function onLedger(
  records: number,
  batchesInBlock: number,
  runs: number,
  waysOn: (filled: Filled) => Promise<Way[]>,
): Promise<Row[]> {
  const chain = await startLedgerOnAnvil();
  try {
    const last = await fill(chain, records, batchesInBlock);
    return await sampledInTurn(unit, runs, await waysOn({ chain, records, last }));
  } finally {
    await chain.end();
  }
}

async function fill(chain: LedgerOnAnvil, records: number, batchesInBlock: number): Promise<number> {
  await chain.enrol(agency, "an agency", 2n);
  await chain.mine();
  for (let done = 0; done < records;) {
    for (let batch = 0; batch < batchesInBlock && done < records; batch++, done += batchSize) {
      await chain.anchor(agency, 1, new Uint8Array(randomBytes(32 * batchSize)));
    }
    await chain.mine();
  }
  return Number(await chain.rpc.call("eth_blockNumber"));
}

function replayWays({ chain, records, last }: Filled, keccak: Keccak): Way[] {
  return [
    { name: "fetching the logs alone", measure: () => rateOf(records, () => fetchAlone(chain, last)) },
    {
      name: "replay: roots, rights and journal heads recomputed",
      measure: () => rateOf(records, () => replayAll(chain, last, keccak)),
      goal: { atLeast: 400_000 },
    },
  ];
}

async function auditWays({ chain, records }: Filled, density: string, keccak: Keccak): Promise<Way[]> {
  const sealed = await sealLedger(chain, keccak);
  return [
    { name: `audit, ${density}, no seals`, measure: () => rateOf(records, () => auditAll(chain, 0)) },
    { name: `audit, ${density}, three QBFT seals each`, measure: () => rateOf(records, () => auditAll(sealed, 3)) },
  ];
}

async function rateOf(records: number, work: () => Promise<number>): Promise<number> {
  const begun = performance.now();
  const done = await work();
  if (done !== records) throw new Error(`${done} records instead of ${records}`);
  return (records * 1000) / (performance.now() - begun);
}

async function fetchAlone({ rpc, trust }: LedgerOnAnvil, last: number): Promise<number> {
  const { agencies, ledger } = addressesIn(trust);
  let words = 0;
  for await (const { logs } of streamLogs(rpc, [agencies, ledger], trust.deploymentBlock, last)) {
    // A batch's data has eight words that are no digests: four of the head, three of the signer, one of the length.
    for (const { log } of logs) if (log.topics.length === 4) words += (log.data.length - 2) / 64 - 7;
  }
  return words;
}

async function replayAll({ rpc, trust }: LedgerOnAnvil, last: number, keccak: Keccak): Promise<number> {
  const { agencies, ledger } = addressesIn(trust);
  const replay = createReplay({ chainId: trust.chainId, agencies, ledger, keccak });
  for await (const { logs } of streamLogs(rpc, [agencies, ledger], trust.deploymentBlock, last)) {
    for (const { log, blockTime } of logs) {
      const divergence = replay.apply(log, blockTime);
      if (divergence !== undefined) throw new Error(divergence.sentence);
    }
  }
  const told = await rpc.call("eth_getStorageAt", ledger, "0x0", "latest");
  if (told !== replay.heads().ledger) throw new Error("the journal's head is another");
  return replay.counts().records;
}

/** All that `npm run audit` does with a node alone, and nothing is kept on disk. */
async function auditAll({ rpc, trust }: AuditedLedger, seals: number): Promise<number> {
  const report = await audit({
    ...{ rpc, trust, workers: availableParallelism(), clock: () => performance.now(), now: () => new Date() },
    progress: { report: () => undefined, say: () => undefined },
  });
  const { outcome, error, divergence, proven, replayed } = report;
  if (outcome !== "AGREES") throw new Error(error?.message ?? divergence?.sentence ?? outcome);
  if ((proven.seals?.by ?? 0) !== seals) throw new Error(`${proven.seals?.by ?? 0} seals instead of ${seals}`);
  return replayed?.records ?? 0;
}

if (import.meta.main) printRows(await benchReplay());
