import { expect } from "chai";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";

/** The verifier's file in a browser whose network is off, under watch. What a test means to happen it takes out of the lists. */
export interface OfflineFile {
  readonly page: Page;
  readonly asked: string[];
  readonly complaints: string[];
  /** Fails the test if anything was asked of a network, or an error was written. Closes it. */
  leave: () => Promise<void>;
}

/** Opens the verifier at `path`. `fixedTime`: the only time that it sees; null: this machine's clock. */
export async function openOffline(browser: Browser, path: string, fixedTime: string | null): Promise<OfflineFile> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.setOffline(true);
  const page = await context.newPage();
  if (fixedTime !== null) await page.clock.setFixedTime(fixedTime);
  const [asked, complaints]: [string[], string[]] = [[], []];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(pathToFileURL(path).href);
  await page.locator("[data-trust]").waitFor();
  return {
    ...{ page, asked, complaints },
    async leave() {
      // Only the file itself, the pictures in it, and what it hands its reader to save.
      const elsewhere = asked.filter((url) => !/^(file:.*\.html$|data:|blob:)/.test(url));
      await context.close();
      expect(elsewhere).to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
    },
  };
}
