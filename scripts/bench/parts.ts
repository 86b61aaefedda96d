import { benchAgencies } from "./agencies.ts";
import { benchCertificates } from "./certificate/certificates.ts";
import { benchHeaders } from "./headers.ts";
import { benchHttp } from "./http.ts";
import { benchMerkle } from "./merkle.ts";
import { benchNetwork } from "./network.ts";
import { benchReplay } from "./replay.ts";
import type { Row } from "./sample.ts";
import { benchUsual } from "./usual.ts";

/** A part of the bench, that can be run alone. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** what was compared with what, and how */
  readonly how: string;
  run(): Promise<Row[]>;
}

/** In the order in which they are run and shown. */
export const parts: readonly Part[] = [
  {
    name: "http",
    title: "One gateway",
    how: "The same post of a credit penalty, 2 KB, to a bare Express 5 that parses it and sends it back, and to the gateway, which answers when it is committed and fsynced: autocannon over 64 connections, each server in a process of its own, in turn, 5 rounds of 4 s. Bulk: 1,000 lines a post, 2 connections. Nothing is anchored meanwhile.",
    run: () => benchHttp(),
  },
  {
    name: "agencies",
    title: "Forty agencies",
    how: "The whole product with its embedded chain, as `npm start` runs it: batch window 1 s, 500 a batch, a block a second. Forty agencies write credit penalties, enforcement actions and land agreements, each kind over a connection of its own: 1, 10 and 100 a second each kind is 120, 1,200 and 12,000 a second together, for 8 s, in turn, 3 rounds. They post at even intervals whether the gateway keeps up or not; time to the answer is reckoned from when a post was due. A record counts as anchored when somebody who asks the node every 20 ms first sees its block. Load, gateway and chain share the cores.",
    run: () => benchAgencies(),
  },
  {
    name: "network",
    title: "Four validators",
    how: "The same gateway and the same posts on a chain of four geth validators (Clique, a block a second), each a process of its own on the same cores: batch window 1 s, 500 a batch. Single posts, 120 a second together, show where the time of a record goes: until its answer, until its batch is made, until its block, until a majority of validators has built on that. Bulk posts of 100, as many as go, show what goes through: from the first post until the last record's block, and until that is endorsed. Every 20 ms the first validator is asked for new blocks. 8 s each, in turn, 3 rounds.",
    run: () => benchNetwork(),
  },
  {
    name: "usual",
    title: "A gateway of the usual kind",
    how: "The same posts over 64 connections for 5 s, to ours and to Express with ethers, which sends one transaction a record to a contract of four slots a record; on the same embedded chain, in turn, 3 rounds. Once as most do it, answering with the receipt, and once as quick as the library goes: nonces counted ahead, gas and price fixed, no receipts. It checks nothing and keeps nothing on disk. Records a second count from the first post until the last record's block is seen.",
    run: () => benchUsual(),
  },
  {
    name: "replay",
    title: "Replay over JSON-RPC",
    how: "100,000 records, 500 a batch, on chains of their own: one whose blocks have 20 batches, one whose blocks have one. Fetching the logs and nothing else, against rebuilding the ledger from them, roots, rights and journal heads recomputed, in one process; the last head is compared with what the node says that the contract holds. And all that `npm run audit` does with a node alone: every block with events by its hashed header, codes and journal heads proven under the newest one's, roots and register compared; once on the blocks as anvil makes them, which have no seals, and once on the same blocks under headers of four QBFT validators, three seals each, made before and handed out in the node's place. In turn, 5 rounds.",
    run: () => benchReplay(),
  },
  {
    name: "headers",
    title: "Headers under their seals",
    how: "2,000 headers of a chain of four QBFT validators, three seals each, read from memory: block's hash and seals recovered, as `npm run audit -- --all-headers` does it, against the way of the verify page, which one header in ten is enough to measure. In turn, 5 rounds. An audit of all headers takes this time beside its own.",
    run: () => benchHeaders(),
  },
  {
    name: "certificates",
    title: "Certificates",
    how: "The certificate of a public penalty, 35 fields and two files, in a batch of 500, in force, under four QBFT validators; the ledger's storage has one slot, 1,000 or a million: one for each batch, and one for each record whose status was ever set. Issued: the whole product with its embedded chain and 500 records, certificate and record asked for in turn over one connection, the first 20 of each not counted. Verified: the one of a million slots, 100 times, from the file's text to the sentences in both languages.",
    run: () => benchCertificates(),
  },
  {
    name: "merkle",
    title: "Merkle tree",
    how: "Trees of 500 leaves, all with the same root, one process, in turn, 7 rounds.",
    run: () => benchMerkle(),
  },
  {
    name: "gas",
    title: "Gas",
    how: "From the receipts of real transactions on one EVM, Shanghai rules unless a row says Prague. `docs/gas.md` has all sizes, and what the cheaper last row lacks. One value each: the same bytecode costs the same every time.",
    // Its libraries are large: the other parts shall not load them.
    run: async () => (await import("./gas-rows.ts")).benchGas(),
  },
];
