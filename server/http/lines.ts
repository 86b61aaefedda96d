/** Consecutive lines of a body. */
export interface LineChunk {
  /** the lines that are to be read, one after the other, without their line feeds */
  bytes: Uint8Array;
  /** where in `bytes` each of these ends */
  ends: number[];
  /** for each line in order its number, counted from 1, and whether it is in `bytes` or was too long to keep */
  lines: { number: number; tooLong: boolean }[];
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Lines of a chunk at most: so many results are made at once. */
const CHUNK_LINES = 1_000;

/**
 * Cuts a stream into chunks of lines; blank lines are counted and left out. A chunk has the lines that one piece of the stream brought, so
 * nobody waits for his answer until he has sent more. Holds one piece and one line at most, whatever is sent: of a line longer
 * than `maxLineBytes` only its number is kept. Reads on only when the next chunk is asked for.
 */
export async function* readLines(body: AsyncIterable<Uint8Array>, maxLineBytes: number): AsyncGenerator<LineChunk> {
  const cutter = createCutter(maxLineBytes);
  for await (const piece of body) {
    let start = 0;
    for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, start)) {
      cutter.add(piece.subarray(start, end));
      cutter.endLine();
      start = end + 1;
      if (cutter.count() === CHUNK_LINES) yield cutter.take();
    }
    cutter.add(piece.subarray(start));
    if (cutter.count() > 0) yield cutter.take();
  }
  cutter.endLine();
  if (cutter.count() > 0) yield cutter.take();
}

interface Cutter {
  /** appends to the line that is being read */
  add(part: Uint8Array): void;
  endLine(): void;
  /** complete lines */
  count(): number;
  take(): LineChunk;
}

function createCutter(maxLineBytes: number): Cutter {
  let number = 1;
  let parts: Uint8Array[] = [];
  let lineBytes = 0;
  let kept: Uint8Array[] = [];
  let lines: LineChunk["lines"] = [];
  let ends: number[] = [];

  return {
    add(part) {
      lineBytes += part.length;
      if (lineBytes <= maxLineBytes) parts.push(part);
      else parts = [];
    },
    endLine() {
      const tooLong = lineBytes > maxLineBytes;
      const blank = !tooLong && parts.every((part) => part.every(isSpace));
      if (tooLong) lines.push({ number, tooLong });
      else if (!blank) {
        lines.push({ number, tooLong });
        kept.push(...parts);
        ends.push((ends.at(-1) ?? 0) + lineBytes);
      }
      number += 1;
      parts = [];
      lineBytes = 0;
    },
    count: () => lines.length,
    take() {
      const chunk = { bytes: joined(kept, ends.at(-1) ?? 0), ends, lines };
      ends = [];
      kept = [];
      lines = [];
      return chunk;
    },
  };
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === CARRIAGE_RETURN;
}

/** In memory of its own, which can be given away. */
function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
