import { createLineCutter, type LineChunk } from "./lines.ts";

export interface LineWork<P> {
  maxLineBytes: number;
  /** chunks that are worked on at once, at most */
  width: number;
  /** runs beside those of other chunks, and may end before or after them */
  prepare: (chunk: LineChunk) => Promise<P>;
  /** begins only when it has begun for every chunk before: what it does at once is done in the lines' order */
  finish: (chunk: LineChunk, prepared: P) => Promise<string>;
  /** resolves when there is room for more; false: nobody listens any more */
  emit: (results: string) => Promise<boolean>;
}

/** A chunk waits for a free place until it has so many lines or bytes; then reading waits. */
const FULL_LINES = 1_000;
const FULL_BYTES = 1024 * 1024;

/**
 * Works on the lines of a stream and emits the results in the lines' order, each as soon as it and those before it are there. Lines are
 * worked on at once while there is room, so nobody has to send more to get his answer; while all places are taken they gather, and
 * share a commit. Holds `width` chunks, one that gathers and one line, whatever is sent; whoever does not read his results is not
 * read from either. Resolves with whether somebody listened to the end.
 */
export async function workOnLines<P>(body: AsyncIterable<Uint8Array>, options: LineWork<P>): Promise<boolean> {
  const { maxLineBytes, width, prepare, finish, emit } = options;
  const cutter = createLineCutter(maxLineBytes);
  let underWay = 0;
  let begun: Promise<unknown> = Promise.resolve();
  let emitted = Promise.resolve(true);
  let placeFreed = (): void => undefined;

  function startIfFree(): void {
    if (underWay === width || cutter.count() === 0) return;
    underWay += 1;
    const chunk = cutter.take();
    // In an object, so that the next one waits for its beginning and not for its end.
    const finishing = Promise.all([prepare(chunk), begun]).then(([prepared]) => ({ end: finish(chunk, prepared) }));
    begun = finishing;
    emitted = Promise.all([finishing.then(({ end }) => end), emitted]).then(
      ([results, isListening]) => isListening && emit(results),
    );
    // A failure is met by who awaits `emitted` last; until then it must not count as unhandled.
    void emitted
      .catch(() => false)
      .then(() => {
        underWay -= 1;
        startIfFree();
        placeFreed();
      });
  }

  for await (const piece of body) {
    cutter.add(piece);
    startIfFree();
    while (cutter.count() >= FULL_LINES || cutter.size() >= FULL_BYTES)
      await new Promise<void>((resolve) => (placeFreed = resolve));
  }
  cutter.end();
  startIfFree();
  while (cutter.count() > 0) await new Promise<void>((resolve) => (placeFreed = resolve));
  return emitted;
}
