import { randomBytes } from "node:crypto";
import { createKeccak, type Keccak } from "../../core/ledger/keccak.ts";
import { createReplay } from "../../core/ledger/replay.ts";
import { followTrust } from "../../core/trust/anchor.ts";
import { streamLogs } from "../audit/log-stream.ts";
import { proveState } from "../audit/prove.ts";
import { wasmRecover } from "../../server/chain/recover.ts";
import { addressesIn } from "../audit/trust.ts";
import { startLedgerOnAnvil, type LedgerOnAnvil } from "./ledger-on-anvil.ts";
import { printRows, sampledInTurn, type Row } from "./sample.ts";

const agency = "11440310XX0001011N";
const batchSize = 500;
const batchesInBlock = 20;
const unit = "records/s";

/** Records a second over JSON-RPC at 500 a batch: replaying a ledger on a real anvil, against fetching its logs alone. */
export async function benchReplay(records = 100_000, runs = 5): Promise<Row[]> {
  const chain = await startLedgerOnAnvil();
  try {
    const last = await fill(chain, records);
    const keccak = await createKeccak();
    const rate = async (work: () => Promise<number>): Promise<number> => {
      const begun = performance.now();
      const done = await work();
      if (done !== records) throw new Error(`${done} records instead of ${records}`);
      return (records * 1000) / (performance.now() - begun);
    };
    return await sampledInTurn(unit, runs, [
      { name: "fetching the logs alone", measure: () => rate(() => fetchAlone(chain, last)) },
      {
        name: "replay: roots, rights and journal heads recomputed",
        measure: () => rate(() => replayAll(chain, last, keccak, toldHead)),
        goal: { atLeast: 400_000 },
      },
      {
        name: "the same, codes and heads proven under the newest block's header",
        measure: () => rate(() => replayAll(chain, last, keccak, provenHead)),
      },
    ]);
  } finally {
    await chain.end();
  }
}

async function fill(chain: LedgerOnAnvil, records: number): Promise<number> {
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

async function fetchAlone({ rpc, trust }: LedgerOnAnvil, last: number): Promise<number> {
  const { agencies, ledger } = addressesIn(trust);
  let words = 0;
  for await (const { logs } of streamLogs(rpc, [agencies, ledger], trust.deploymentBlock, last)) {
    // A batch's data has eight words that are no digests: four of the head, three of the signer, one of the length.
    for (const { log } of logs) if (log.topics.length === 4) words += (log.data.length - 2) / 64 - 7;
  }
  return words;
}

async function replayAll(
  chain: LedgerOnAnvil,
  last: number,
  keccak: Keccak,
  headOf: (chain: LedgerOnAnvil, last: number, keccak: Keccak) => Promise<unknown>,
): Promise<number> {
  const { rpc, trust } = chain;
  const { agencies, ledger } = addressesIn(trust);
  const replay = createReplay({ chainId: trust.chainId, agencies, ledger, keccak });
  for await (const { logs } of streamLogs(rpc, [agencies, ledger], trust.deploymentBlock, last)) {
    for (const { log, blockTime } of logs) {
      const divergence = replay.apply(log, blockTime);
      if (divergence !== undefined) throw new Error(divergence.sentence);
    }
  }
  if ((await headOf(chain, last, keccak)) !== replay.heads().ledger) throw new Error("the journal's head is another");
  return replay.counts().records;
}

function toldHead({ rpc, trust }: LedgerOnAnvil): Promise<unknown> {
  return rpc.call("eth_getStorageAt", addressesIn(trust).ledger, "0x0", "latest");
}

async function provenHead({ rpc, trust }: LedgerOnAnvil, last: number, keccak: Keccak): Promise<unknown> {
  const tools = { keccak, recover: wasmRecover };
  const input = { rpc, trust, validators: followTrust(trust, tools), ...tools };
  return (await proveState(input, last)).heads.ledger;
}

if (import.meta.main) printRows(await benchReplay());
