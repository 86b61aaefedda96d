/** Tells how many headers of how many were read; one line a second at most. `write` gets a whole line. */
export function createTeller(write: (line: string) => void, clock: () => number): (done: number, all: number) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (done, all) => {
    const now = clock();
    if (now - last < 1000 && done < all) return;
    last = now;
    const counts = `${done.toLocaleString("en")} of ${all.toLocaleString("en")}`;
    write(`[trust] headers read for changes of validators: ${counts}`);
  };
}
