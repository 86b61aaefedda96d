const TIMEOUT_MS = 10_000;

/** What a gateway answered to a GET. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** by how many seconds its clock is ahead of this machine's; null: it does not say its time */
  readonly ahead: number | null;
}

/** Asks once. A text: why no answer came. */
export async function ask(url: string, path: string, now: () => number): Promise<Answer | string> {
  const begun = now();
  try {
    const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    return { status: response.status, text, ahead: aheadOf(response.headers.get("date"), (begun + now()) / 2) };
  } catch (error) {
    return reasonOf(error);
  }
}

/** The header has whole seconds: in the middle it is half a second behind. */
function aheadOf(date: string | null, now: number): number | null {
  const time = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? null : (time + 500 - now) / 1000;
}

/** What fetch says is only that it failed; why, its cause says. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== "" ? error.cause.message : error.message;
}
