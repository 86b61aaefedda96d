import { pointerTo, type Fault, type FaultCode } from "../error.ts";

/**
 * The first fault of `text` as JSON that can be signed, or null. Slow and exact: it finds place and reason, and builds
 * nothing.
 */
export function findFault(text: string, maxDepth: number): Fault | null {
  const scan: Scan = { text, at: 0, maxDepth };
  try {
    skipSpace(scan);
    scanValue(scan, "", 0);
    skipSpace(scan);
    if (scan.at < text.length) fail(scan, "", "SYNTAX", "there is more after the value");
    return null;
  } catch (error) {
    if (error instanceof Found) return error.fault;
    throw error;
  }
}

interface Scan {
  readonly text: string;
  readonly maxDepth: number;
  at: number;
}

/** Carries the fault out of the recursion; never leaves this file. */
class Found extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

function fail(scan: Scan, pointer: string, code: FaultCode, reason: string): never {
  const before = scan.text.slice(0, scan.at).split("\n");
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const message = `${reason} (line ${line}, column ${column})`;
  throw new Found({ code, pointer: pointer.toWellFormed(), message, params: { line, column } });
}

const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literal = /true|false|null/y;
// eslint-disable-next-line no-control-regex -- JSON forbids control characters in strings
const plain = /[^"\\\u0000-\u001f]*/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Moves over what `pattern` (sticky) matches here and returns it; null if it does not match. */
function take(scan: Scan, pattern: RegExp): string | null {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0] ?? null;
  if (found !== null) scan.at += found.length;
  return found;
}

/** Moves over a string and returns it with its quotes; null if none is here. A loop: one pattern for it all runs out of stack. */
function takeString(scan: Scan): string | null {
  const start = scan.at;
  if (scan.text[start] === '"') {
    scan.at++;
    do take(scan, plain);
    while (take(scan, escape) !== null);
    if (scan.text[scan.at] === '"') return scan.text.slice(start, ++scan.at);
  }
  scan.at = start;
  return null;
}

function skipSpace(scan: Scan): void {
  take(scan, space);
}

function takeMark(scan: Scan, mark: string): boolean {
  skipSpace(scan);
  if (scan.text[scan.at] !== mark) return false;
  scan.at++;
  skipSpace(scan);
  return true;
}

function scanValue(scan: Scan, pointer: string, depth: number): void {
  const mark = scan.text[scan.at];
  if (mark === "{" || mark === "[") {
    if (depth === scan.maxDepth)
      fail(scan, pointer, "TOO_DEEP", `lies deeper than ${scan.maxDepth} levels: flatten it`);
    scan.at++;
    skipSpace(scan);
    if (mark === "{") scanObject(scan, pointer, depth + 1);
    else scanArray(scan, pointer, depth + 1);
  } else if (mark === '"') scanString(scan, pointer);
  else scanAtom(scan, pointer);
}

function scanObject(scan: Scan, pointer: string, depth: number): void {
  const names = new Set<string>();
  if (takeMark(scan, "}")) return;
  do {
    const start = scan.at;
    if (scan.text[start] !== '"') fail(scan, pointer, "SYNTAX", "expected a name in double quotes");
    const name = scanString(scan, pointer);
    const at = pointerTo(pointer, name);
    if (names.has(name)) {
      scan.at = start;
      fail(scan, at, "DUPLICATE_KEY", "stands twice in its object: keep one");
    }
    names.add(name);
    if (!takeMark(scan, ":")) fail(scan, at, "SYNTAX", "expected a colon after the name");
    scanValue(scan, at, depth);
  } while (takeMark(scan, ","));
  if (!takeMark(scan, "}")) fail(scan, pointer, "SYNTAX", "expected a comma or the end of the object");
}

function scanArray(scan: Scan, pointer: string, depth: number): void {
  if (takeMark(scan, "]")) return;
  let index = 0;
  do scanValue(scan, pointerTo(pointer, index++), depth);
  while (takeMark(scan, ","));
  if (!takeMark(scan, "]")) fail(scan, pointer, "SYNTAX", "expected a comma or the end of the array");
}

function scanString(scan: Scan, pointer: string): string {
  const start = scan.at;
  const token = takeString(scan);
  if (token === null)
    return fail(scan, pointer, "SYNTAX", "a string does not end, or holds a control character or an unknown escape");
  const value = JSON.parse(token) as string; // as: the token is a JSON string
  if (value.isWellFormed()) return value;
  scan.at = start;
  return fail(
    scan,
    pointer,
    "LONE_SURROGATE",
    "holds half of a surrogate pair, which has no UTF-8: write the whole character",
  );
}

function scanAtom(scan: Scan, pointer: string): void {
  if (take(scan, literal) !== null) return;
  const start = scan.at;
  const token = take(scan, number);
  if (token === null) fail(scan, pointer, "SYNTAX", "expected a value");
  const value = Number(token);
  const vanished = value === 0 && /^[^eE]*[1-9]/.test(token);
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER && !vanished) return;
  scan.at = start;
  fail(scan, pointer, "NUMBER_NOT_EXACT", "is a number that a double does not hold exactly: write it as a string");
}
