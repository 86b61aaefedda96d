/** Consecutive lines of a body; `bytes` has the lines that are to be read, with a line feed between them. */
export interface LineChunk {
  bytes: Uint8Array;
  /** for each line in order its number, counted from 1, and whether it is in `bytes` or was too long to keep */
  lines: { number: number; tooLong: boolean }[];
}

export interface LineLimits {
  maxLineBytes: number;
  chunkLines: number;
  chunkBytes: number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts a stream into chunks of lines; blank lines are counted and left out. Holds one chunk and one line at most, whatever is sent: of
 * a line that is too long only its number is kept. Reads on only when the next chunk is asked for.
 */
export async function* readLines(body: AsyncIterable<Uint8Array>, limits: LineLimits): AsyncGenerator<LineChunk> {
  const cutter = createCutter(limits);
  for await (const piece of body) {
    let start = 0;
    for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, start)) {
      cutter.add(piece.subarray(start, end));
      cutter.endLine();
      start = end + 1;
      if (cutter.isFull()) yield cutter.take();
    }
    cutter.add(piece.subarray(start));
  }
  cutter.endLine();
  if (!cutter.isEmpty()) yield cutter.take();
}

interface Cutter {
  /** appends to the line that is being read */
  add(part: Uint8Array): void;
  endLine(): void;
  isFull(): boolean;
  isEmpty(): boolean;
  take(): LineChunk;
}

function createCutter({ maxLineBytes, chunkLines, chunkBytes }: LineLimits): Cutter {
  let number = 1;
  let parts: Uint8Array[] = [];
  let lineBytes = 0;
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let lines: LineChunk["lines"] = [];
  const separator = Uint8Array.of(LINE_FEED);

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
        kept.push(...parts, separator);
        keptBytes += lineBytes + 1;
      }
      number += 1;
      parts = [];
      lineBytes = 0;
    },
    isFull: () => lines.length >= chunkLines || keptBytes >= chunkBytes,
    isEmpty: () => lines.length === 0,
    take() {
      const chunk = { bytes: new Uint8Array(Buffer.concat(kept.slice(0, -1))), lines };
      kept = [];
      keptBytes = 0;
      lines = [];
      return chunk;
    },
  };
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === CARRIAGE_RETURN;
}
