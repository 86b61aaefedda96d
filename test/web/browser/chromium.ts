import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** `CHROMIUM`, /usr/bin/chromium, or the first browser on the path; undefined where there is none. */
function findBrowser(): string | undefined {
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env["CHROMIUM"] ?? "", "/usr/bin/chromium", ...onPath].find(
    (file) => file !== "" && existsSync(file),
  );
}

/**
 * A suite that needs a browser. Where there is none it says so and is skipped; where `CI` is set that is a failure, because
 * there nothing may be skipped.
 */
export function describeInBrowser(name: string, suite: (browser: () => Browser) => void): void {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    const sentence = "needs Chromium: install it, or name it in CHROMIUM";
    if (process.env["CI"]) it(`${name} ${sentence}`, () => Promise.reject(new Error(sentence)));
    else it.skip(`${name} ${sentence}`);
    return;
  }
  describe(name, function () {
    this.timeout(60_000);
    let running: Browser | undefined;
    before(async () => {
      const args = ["--no-sandbox", "--disable-quic", "--disable-background-networking"];
      running = await chromium.launch({ executablePath, args });
    });
    after(() => running?.close());
    suite(() => {
      if (running === undefined) throw new Error("The browser runs only within its tests.");
      return running;
    });
  });
}
