import { join, resolve } from "node:path";
import { z } from "zod";

import { HufuError } from "../core/error.ts";
import { baseAddressFault, nodeAddressFault } from "./web-address.ts";

/** What an operator may set. Frozen; every other module is told, none asks the environment. */
export interface Config {
  /** absolute path of the data folder */
  readonly data: string;
  readonly host: string;
  readonly port: number;
  /** what links in answers begin with, without a slash at the end; null: the address that the request came to */
  readonly publicUrl: string | null;
  /** milliseconds from a batch's first record to its closing */
  readonly batchWindowMs: number;
  /** records in a batch at most */
  readonly batchSize: number;
  /** records that may wait for their anchor; at that many, writes are answered 503 */
  readonly backlog: number;
  readonly logLevel: LogLevel;
  /** null: `keystore-password` in the data folder */
  readonly keystorePassword: string | null;
  /** seconds of block time in which an attempt counts */
  readonly attemptSeconds: number;
  /** absolute path of the file that names the agencies to enrol, as `agencies.sample.json` beside this file does */
  readonly agencies: string;
  /** JSON-RPC addresses of nodes of the chain, the one to ask first before the others; none: the gateway brings its own chain */
  readonly rpc: readonly string[];
  /** absolute path of the chain's genesis file; null: not at hand */
  readonly genesis: string | null;
  /** wei for a unit of gas; null: the chain is asked */
  readonly gasPrice: bigint | null;
  /** how many have to stand behind the block of a decision before the status that rests on it is sent; null: as the consensus has it */
  readonly confirmations: number | null;
}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const wholeNumber = (min: number, max: number, unit: string): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d{1,12}$/, `must be a whole number of ${unit}`)
    .transform(Number)
    .pipe(
      z
        .number()
        .min(min, `must be ${String(min)} or more`)
        .max(max, `must be ${String(max)} or less`),
    );

const address = (faultOf: (text: string) => string | null): z.ZodType<string, string> =>
  z.string().superRefine((text, context) => {
    const fault = faultOf(text);
    if (fault !== null) context.addIssue(fault);
  });

/**
 * So many records make a transaction of 64,000 bytes and a little: GoQuorum takes 65,536 at most, geth 131,072, Besu what its block's
 * gas limit holds. One that is larger would be refused for ever, for a batch never changes.
 */
export const MOST_RECORDS_IN_A_BATCH = 2_000;

const environment = z.object({
  HUFU_DATA: z.string().min(1, "must name a folder").default("./data"),
  HUFU_HOST: z.string().min(1, "must be an address to listen on").default("127.0.0.1"),
  PORT: wholeNumber(0, 65_535, "a port").default(3000),
  HUFU_PUBLIC_URL: address(baseAddressFault).optional(),
  HUFU_BATCH_WINDOW_MS: wholeNumber(0, 3_600_000, "milliseconds").default(1000),
  HUFU_BATCH_SIZE: wholeNumber(1, MOST_RECORDS_IN_A_BATCH, "records").default(500),
  HUFU_BACKLOG: wholeNumber(1, 100_000_000, "records").default(100_000),
  HUFU_LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(", ")}` }).default("info"),
  HUFU_KEYSTORE_PASSWORD: z.string().min(8, "must have 8 characters or more").optional(),
  HUFU_ATTEMPT_SECONDS: wholeNumber(10, 86_400, "seconds").default(120),
  HUFU_AGENCIES: z.string().default(join(import.meta.dirname, "agencies.sample.json")),
  HUFU_RPC: z
    .string()
    .transform((list) => list.split(",").map((one) => one.trim()))
    .pipe(z.array(address(nodeAddressFault)))
    .optional(),
  HUFU_GENESIS: z.string().optional(),
  HUFU_GAS_PRICE: z
    .string()
    .regex(/^\d{1,30}$/, "must be a whole number of wei")
    .transform(BigInt)
    .optional(),
  HUFU_CONFIRMATIONS: wholeNumber(0, 1_000, "confirmations").optional(),
});

/**
 * Reads the configuration from an environment such as `process.env`; an empty variable counts as absent, unknown ones are
 * somebody else's. Throws INVALID_CONFIGURATION that names every fault at once, never a value: one may be a password.
 */
export function parseConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new HufuError("INVALID_CONFIGURATION", `The configuration cannot be used: ${faults.join("; ")}.`);
  }
  const value = parsed.data;
  return Object.freeze({
    data: resolve(value.HUFU_DATA),
    host: value.HUFU_HOST,
    port: value.PORT,
    publicUrl: value.HUFU_PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    batchWindowMs: value.HUFU_BATCH_WINDOW_MS,
    batchSize: value.HUFU_BATCH_SIZE,
    backlog: value.HUFU_BACKLOG,
    logLevel: value.HUFU_LOG_LEVEL,
    keystorePassword: value.HUFU_KEYSTORE_PASSWORD ?? null,
    attemptSeconds: value.HUFU_ATTEMPT_SECONDS,
    agencies: resolve(value.HUFU_AGENCIES),
    rpc: Object.freeze(value.HUFU_RPC ?? []),
    genesis: value.HUFU_GENESIS === undefined ? null : resolve(value.HUFU_GENESIS),
    gasPrice: value.HUFU_GAS_PRICE ?? null,
    confirmations: value.HUFU_CONFIRMATIONS ?? null,
  });
}
