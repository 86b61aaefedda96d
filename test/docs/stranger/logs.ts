import { keccak256 } from "./hash.ts";

/** A log as eth_getLogs gives it; `blockNumber` and `logIndex` read as numbers. */
export interface Log {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: number;
  readonly logIndex: number;
}

/** An argument: a word of 32 bytes, the bytes of a `bytes` or `string`, or the words of a `bytes32[]`, all in hex without 0x. */
export interface Event {
  readonly name: string;
  readonly topic0: string;
  readonly arguments: readonly Argument[];
}

export interface Argument {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** As the page's table of events has them. */
const declarations = [
  "Anchored(bytes18 indexed agency, uint8 indexed kind, bytes32 indexed root, uint32 count, uint64 deadline, bytes signer, bytes32[] digests)",
  "StatusSet(bytes32 indexed leaf, bytes18 indexed actor, bytes18 indexed agency, uint8 kind, bytes32 digest, uint16 version, uint8 effect, bytes32 basis, bytes signer)",
  "AgencyEnrolled(bytes18 indexed agency, string name)",
  "AgencyRenamed(bytes18 indexed agency, string name)",
  "KindsSet(bytes18 indexed agency, uint256 kinds)",
  "SignerSet(bytes18 indexed agency, bytes signer, uint40 validFrom, uint40 validUntil)",
  "SuspensionSet(bytes18 indexed agency, bool suspended)",
  "OversightSet(bytes18 indexed overseer, bytes18 indexed agency, uint8 effects)",
];

const events = declarations.map((declaration) => {
  const [name = "", inner = ""] = declaration.replace(")", "").split("(");
  const parameters = inner.split(", ").map((parameter) => {
    const words = parameter.split(" ");
    return { type: words[0] ?? "", indexed: words.length === 3, name: words.at(-1) ?? "" };
  });
  const signature = `${name}(${parameters.map(({ type }) => type).join(",")})`;
  return { name, topic0: `0x${keccak256(Buffer.from(signature)).toString("hex")}`, parameters };
});

/** The first topics of all events that a journal knows. */
export const topics = events.map(({ topic0 }) => topic0);

/** Throws for everything that the ABI encoder does not write. */
export function decode(log: Log): Event {
  const event = events.find(({ topic0 }) => topic0 === log.topics[0]);
  if (event === undefined) throw new Error("no event of the contracts");
  const indexed = event.parameters.filter((parameter) => parameter.indexed);
  const others = event.parameters.filter((parameter) => !parameter.indexed);
  const words = log.topics.slice(1).map((topic) => topic.slice(2));
  const values = [...indexed.map((_, i) => words[i] ?? ""), ...decodeData(others, log.data)];
  if (encode(others, values.slice(indexed.length)) !== log.data || words.length !== indexed.length) {
    throw new Error("not what the encoder writes");
  }
  const inOrder = event.parameters.map((parameter): Argument => {
    const place = [...indexed, ...others].indexOf(parameter);
    return { name: parameter.name, type: parameter.type, value: values[place] ?? "" };
  });
  inOrder.forEach(checkWord);
  return { name: event.name, topic0: event.topic0, arguments: inOrder };
}

function isDynamic(type: string): boolean {
  return type === "bytes" || type === "string" || type === "bytes32[]";
}

function decodeData(parameters: readonly { type: string }[], data: string): string[] {
  const hex = data.slice(2);
  const wordAt = (byte: number): string => hex.slice(2 * byte, 2 * byte + 64);
  return parameters.map(({ type }, i) => {
    const head = wordAt(32 * i);
    if (!isDynamic(type)) return head;
    const offset = Number(`0x${head || "0"}`);
    const length = Number(`0x${wordAt(offset) || "0"}`) * (type === "bytes32[]" ? 32 : 1);
    return hex.slice(2 * (offset + 32), 2 * (offset + 32 + length));
  });
}

/** The one encoding of these values: heads, then the dynamic values in their order, each padded with zeros to whole words. */
function encode(parameters: readonly { type: string }[], values: readonly string[]): string {
  let tail = "";
  const heads = parameters.map(({ type }, i) => {
    const value = values[i] ?? "";
    if (!isDynamic(type)) return value;
    const offset = 32 * parameters.length + tail.length / 2;
    const padded = value.padEnd(Math.ceil(value.length / 64) * 64, "0");
    tail += number(value.length / (type === "bytes32[]" ? 64 : 2)) + padded;
    return number(offset);
  });
  return `0x${heads.join("")}${tail}`;
}

function number(value: number): string {
  return value.toString(16).padStart(64, "0");
}

function checkWord({ type, value }: Argument): void {
  if (isDynamic(type)) return;
  if (!/^[0-9a-f]{64}$/.test(value)) throw new Error("not a word");
  const bits = type === "bool" ? 1 : Number(/^uint(\d+)$/.exec(type)?.[1] ?? 256);
  if (BigInt(`0x${value}`) >> BigInt(bits) !== 0n) throw new Error(`more than ${bits} bits`);
  if (type === "bytes18" && !/^(?:3\d|4[1-9a-f]|5[0-9a]){18}0{28}$/.test(value)) throw new Error("no agency");
}
