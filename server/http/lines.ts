/** Consecutive lines of a body. */
export interface LineChunk {
  /** the lines that are to be read, one after the other, without their line feeds; in memory of its own */
  bytes: Uint8Array;
  /** where in `bytes` each of these ends */
  ends: number[];
  /** for each line in order its number, counted from 1, and whether it is in `bytes` or was too long to keep */
  lines: { number: number; tooLong: boolean }[];
}

/** Cuts a stream into lines; blank ones are counted and left out. Of a line that is too long it keeps only the number. */
export interface LineCutter {
  add(piece: Uint8Array): void;
  /** The stream has ended, and its last line with it. */
  end(): void;
  /** lines that are complete and not taken yet */
  count(): number;
  /** their bytes */
  size(): number;
  take(): LineChunk;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export function createLineCutter(maxLineBytes: number): LineCutter {
  let number = 1;
  let parts: Uint8Array[] = [];
  let lineBytes = 0;
  let kept: Uint8Array[] = [];
  let ends: number[] = [];
  let lines: LineChunk["lines"] = [];
  const size = (): number => ends.at(-1) ?? 0;

  function addPart(part: Uint8Array): void {
    lineBytes += part.length;
    if (lineBytes <= maxLineBytes) parts.push(part);
    else parts = [];
  }

  function endLine(): void {
    const tooLong = lineBytes > maxLineBytes;
    const isBlank = !tooLong && parts.every((part) => part.every(isSpace));
    if (!isBlank) lines.push({ number, tooLong });
    if (!isBlank && !tooLong) {
      kept.push(...parts);
      ends.push(size() + lineBytes);
    }
    number += 1;
    parts = [];
    lineBytes = 0;
  }

  return {
    add(piece) {
      let start = 0;
      for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, start)) {
        addPart(piece.subarray(start, end));
        endLine();
        start = end + 1;
      }
      addPart(piece.subarray(start));
    },
    end: endLine,
    count: () => lines.length,
    size,
    take() {
      const chunk = { bytes: joined(kept, size()), ends, lines };
      kept = [];
      ends = [];
      lines = [];
      return chunk;
    },
  };
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === CARRIAGE_RETURN;
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
