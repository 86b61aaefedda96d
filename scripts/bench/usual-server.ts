import { createHash } from "node:crypto";
import {
  encodeBytes32String,
  JsonRpcProvider,
  NonceManager,
  Wallet,
  Contract,
  type ContractTransactionResponse,
} from "ethers";
import express from "express";
import { listen } from "../../server/http/listen.ts";
import { compile } from "./gas/compile.ts";

/**
 * A gateway of the usual kind, in a process of its own: Express and ethers, the hash of each record sent as one transaction to a
 * contract that keeps it. Arguments: address of the node, key, contract. `/receipt` does what most do and answers with the receipt; `/pipelined`
 * is as quick as the library allows: nonces counted here, gas and price fixed, answered as soon as the node has the transaction, and blocks
 * looked through instead of receipts asked for. It keeps nothing on disk, checks nothing and knows no agencies: all of that is in its favour.
 */
const [rpc = "", key = "", address = ""] = process.argv.slice(2);
const provider = new JsonRpcProvider(rpc, undefined, { staticNetwork: true, pollingInterval: 200, cacheTimeout: -1 });
const wallet = new Wallet(key, provider);
const notary = new Contract(address, compile("NaiveNotary").abi, new NonceManager(wallet));
const agency = encodeBytes32String("11440310XX0001011N");
const fees = { gasLimit: 200_000n, maxFeePerGas: 10n ** 12n, maxPriorityFeePerGas: 10n ** 9n };

/** When each record was taken, and the block that holds it; milliseconds of Unix time. */
const anchored: { acceptedAt: number; block: number }[] = [];
const waiting = new Map<string, number>();

const app = express();
app.use(express.json({ limit: "1mb" }));

function notarise(body: unknown, overrides: object): Promise<ContractTransactionResponse> {
  const digest = `0x${createHash("sha256").update(JSON.stringify(body)).digest("hex")}`;
  return notary.getFunction("notarise").send(agency, digest, [digest], overrides);
}

app.post("/receipt", async (request, response) => {
  const acceptedAt = Date.now();
  const receipt = await (await notarise(request.body, {})).wait();
  if (receipt?.status !== 1) throw new Error("the transaction failed");
  anchored.push({ acceptedAt, block: receipt.blockNumber });
  response.status(201).json({ transaction: receipt.hash, block: receipt.blockNumber });
});

app.post("/pipelined", async (request, response) => {
  const acceptedAt = Date.now();
  const { hash } = await notarise(request.body, fees);
  waiting.set(hash, acceptedAt);
  response.status(202).json({ transaction: hash });
});

app.get("/anchored", (_request, response) => void response.json({ waiting: waiting.size, anchored }));

/** Each block's transactions are looked for among those that wait. One that was mined before its hash was noted is looked for again. */
let last = await provider.getBlockNumber();
async function look(): Promise<void> {
  const newest = await provider.getBlockNumber();
  for (let number = Math.max(0, last - 2); number <= newest; number++) {
    const block = await provider.getBlock(number);
    for (const hash of block?.transactions ?? []) {
      const acceptedAt = waiting.get(hash);
      if (acceptedAt === undefined) continue;
      waiting.delete(hash);
      anchored.push({ acceptedAt, block: number });
    }
  }
  last = newest;
}
// What a busy node did not answer is asked again.
const looking = setInterval(() => void look().catch(() => undefined), 200);

const server = await listen(app, "127.0.0.1", 0);
console.log(JSON.stringify({ port: server.port }));
process.stdin.resume().on("end", () => {
  clearInterval(looking);
  process.exit(0);
});
