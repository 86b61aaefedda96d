import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";

/** A JSON file to choose. */
export const jsonFile = (value: unknown, name = "证书.json") => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.from(JSON.stringify(value)),
});

export const verdict = (page: Page, code: string): Locator => page.locator(`[data-verdict="${code}"]`);
export const problem = (page: Page, code: string): Locator => page.locator(`#problems [data-problem="${code}"]`);
export const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.id ?? "");

export interface Download {
  readonly name: string;
  readonly value: unknown;
}

/** What the page hands its reader to save, when it does `act`. */
export async function downloaded(page: Page, act: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  const value: unknown = JSON.parse(await readFile(await download.path(), "utf8"));
  return { name: download.suggestedFilename(), value };
}
