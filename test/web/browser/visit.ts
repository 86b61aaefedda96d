import { expect } from "chai";
import { now } from "../certificate.ts";
import type { Browser, BrowserContextOptions, Page, Request } from "playwright-core";

/** A page under watch: everything that it asked for, and everything that its policy had to stop. */
export interface Visit {
  readonly page: Page;
  readonly requests: readonly Request[];
  /** Fails the test if the page asked another origin, broke its policy, or wrote an error. Closes it. */
  leave: () => Promise<void>;
}

export async function visit(
  browser: Browser,
  origin: string,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.clock.setFixedTime(now);
  const requests: Request[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // The browser reports a 4xx or 5xx answer as an error of its own; the tests of those answers look at the page instead.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(message.text());
  });
  await page.goto(origin + path);
  return {
    page,
    requests,
    async leave() {
      const elsewhere = requests.map((request) => request.url()).filter((url) => new URL(url).origin !== origin);
      await context.close();
      expect(elsewhere).to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
    },
  };
}

/** Bodies and addresses of all that left the browser. */
export function sent(requests: readonly Request[]): string {
  return requests.map((request) => `${request.url()} ${request.postDataBuffer()?.toString("latin1") ?? ""}`).join("\n");
}
