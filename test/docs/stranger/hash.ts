import { createHash } from "node:crypto";

export type Algorithm = "sha-256" | "sm3";

const names: Readonly<Record<Algorithm, string>> = { "sha-256": "sha256", sm3: "sm3" };

/** H(domain, text) of the protocol's page, by OpenSSL. */
export function hashText(algorithm: Algorithm, domain: string, text: string): string {
  return createHash(names[algorithm]).update(`${domain}\n${text}`, "utf8").digest("hex");
}

export function shake256(input: Uint8Array, length: number): Buffer {
  return createHash("shake256", { outputLength: length }).update(input).digest();
}

const rate = 136;

/** Ethereum's keccak256, from the specification of Keccak: padding 01...80, 64-bit lanes, 24 rounds. */
export function keccak256(input: Uint8Array): Buffer {
  const padded = Buffer.alloc((Math.floor(input.length / rate) + 1) * rate);
  padded.set(input);
  padded[input.length] = 0x01;
  padded[padded.length - 1] = (padded.at(-1) ?? 0) | 0x80;
  const lanes = new BigUint64Array(25);
  for (let block = 0; block < padded.length; block += rate) {
    for (let i = 0; i < rate / 8; i++) lanes[i] = at(lanes, i) ^ padded.readBigUInt64LE(block + 8 * i);
    permute(lanes);
  }
  const output = Buffer.alloc(32);
  for (let i = 0; i < 4; i++) output.writeBigUInt64LE(at(lanes, i), 8 * i);
  return output;
}

function permute(a: BigUint64Array): void {
  let feedback = 1;
  for (let round = 0; round < 24; round++) {
    theta(a);
    rhoAndPi(a);
    chi(a);
    for (let j = 0; j < 7; j++) {
      if ((feedback & 1) === 1) a[0] = at(a, 0) ^ (1n << BigInt(2 ** j - 1));
      feedback = (feedback << 1) ^ ((feedback >> 7) * 0x171);
    }
  }
}

function theta(a: BigUint64Array): void {
  const columns = [0, 1, 2, 3, 4].map((x) => [0, 5, 10, 15, 20].reduce((sum, y) => sum ^ at(a, x + y), 0n));
  for (let i = 0; i < 25; i++) {
    a[i] = at(a, i) ^ (columns[(i + 4) % 5] ?? 0n) ^ turned(columns[(i + 1) % 5] ?? 0n, 1);
  }
}

function rhoAndPi(a: BigUint64Array): void {
  let [x, y, lane] = [1, 0, at(a, 1)];
  for (let t = 0; t < 24; t++) {
    [x, y] = [y, (2 * x + 3 * y) % 5];
    const next = at(a, x + 5 * y);
    a[x + 5 * y] = turned(lane, (((t + 1) * (t + 2)) / 2) % 64);
    lane = next;
  }
}

function chi(a: BigUint64Array): void {
  for (let y = 0; y < 25; y += 5) {
    const row = a.slice(y, y + 5);
    for (let x = 0; x < 5; x++) a[y + x] = at(row, x) ^ (~at(row, (x + 1) % 5) & at(row, (x + 2) % 5));
  }
}

function turned(lane: bigint, by: number): bigint {
  return BigInt.asUintN(64, (lane << BigInt(by)) | (lane >> BigInt(64 - by)));
}

function at(lanes: BigUint64Array, index: number): bigint {
  return lanes[index] ?? 0n;
}
