import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { HufuError } from "../../../core/error.ts";

/** SubjectPublicKeyInfo of an Ed25519 key before its 32 bytes. */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

/**
 * The auditor's private key, PKCS #8 in PEM. Where there is no such file one is made, which nobody else may read. Throws INVALID_REQUEST for a
 * file that holds no Ed25519 key or cannot be written.
 */
export function readOrMakeKey(file: string): { readonly key: KeyObject; readonly isNew: boolean } {
  try {
    const made = makeKey(file);
    const key = made ?? createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType !== "ed25519") throw new Error("it is no Ed25519 key");
    return { key, isNew: made !== undefined };
  } catch (cause) {
    throw unusable(file, cause);
  }
}

/** undefined where the file is there already. A crash leaves no half of a key under its name. */
function makeKey(file: string): KeyObject | undefined {
  if (existsSync(file)) return undefined;
  const { privateKey } = generateKeyPairSync("ed25519");
  const beside = `${file}.${process.pid}`;
  const descriptor = openSync(beside, "wx", 0o600);
  writeSync(descriptor, privateKey.export({ type: "pkcs8", format: "pem" }));
  fsyncSync(descriptor);
  closeSync(descriptor);
  linkSync(beside, file);
  unlinkSync(beside);
  return privateKey;
}

/** 64 hex digits: how a public key stands in a report and is read out. */
export function publicHex(key: KeyObject): string {
  const publicKey = key.type === "public" ? key : createPublicKey(key);
  const der = publicKey.export({ type: "spki", format: "der" });
  return der.subarray(spkiPrefix.length).toString("hex");
}

/** The key of 64 hex digits. */
export function publicKeyOf(hex: string): KeyObject {
  return createPublicKey({ key: Buffer.concat([spkiPrefix, Buffer.from(hex, "hex")]), format: "der", type: "spki" });
}

/** The public key in a file, as 64 hex digits or PEM; as hex. Throws INVALID_REQUEST. */
export function readPublicKey(file: string): string {
  try {
    const text = readFileSync(file, "utf8").trim();
    if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
    const key = createPublicKey(text);
    if (key.asymmetricKeyType !== "ed25519") throw new Error("it is no Ed25519 key");
    return publicHex(key);
  } catch (cause) {
    throw unusable(file, cause);
  }
}

function unusable(file: string, cause: unknown): HufuError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new HufuError("INVALID_REQUEST", `The key file ${file} cannot be used: ${why}.`, { cause });
}
