import axe from "axe-core";
import type { Page } from "playwright-core";

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe calls serious or critical on the page as it stands. */
export async function graveFaults(page: Page): Promise<readonly unknown[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<readonly Finding[]>("axe.run().then((result) => result.violations)");
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
}

/** Pixels by which the page is wider than its window. */
export function overTheEdge(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
