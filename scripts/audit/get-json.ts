import { setTimeout as sleep } from "node:timers/promises";
import { HufuError } from "../../core/error.ts";

const attempts = 6;
/** How often "too fast" is answered by waiting. */
const busyTurns = 100;
const timeoutMs = 30_000;

/**
 * The JSON at `url`; undefined where there is none (404). A gateway that is busy or does not answer is asked again, as late as it
 * says. Throws NODE_UNREACHABLE: the audit could not be carried out, which blames nobody.
 */
export async function getJson(url: string): Promise<unknown> {
  let why = "";
  for (let attempt = 0, turns = 0; attempt < attempts && turns < busyTurns; turns++) {
    try {
      const response = await fetch(url, {
        headers: { accept: "application/json" },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      if (response.ok) return JSON.parse(text) as unknown; // as: any is narrowed to unknown
      if (response.status === 404) return undefined;
      if (response.status !== 429 && response.status < 500) throw refused(url, `status ${response.status}`);
      why = `status ${response.status}`;
      if (response.status !== 429) attempt++;
      await sleep(1000 * Math.min(30, Number(response.headers.get("retry-after") ?? 1)));
    } catch (error) {
      if (error instanceof HufuError) throw error;
      why = error instanceof Error ? error.message : String(error);
      await sleep(250 * 2 ** attempt++);
    }
  }
  throw refused(url, why);
}

function refused(url: string, why: string): HufuError {
  return new HufuError("NODE_UNREACHABLE", `${url} gave no answer that can be compared: ${why}.`);
}
