import { describeInBrowser } from "./chromium.ts";
import { startSite, usualScene, type Site } from "./site.ts";
import { visit, type Visit } from "./visit.ts";

/** What a test of the page works with. */
export interface OnSite {
  /** one for the suite, in its usual scene as each test begins */
  readonly site: Site;
  /** the first page, opened for the test; what it asked elsewhere or complained of fails the test */
  readonly here: Visit;
}

/** A suite whose tests each begin on the first page of a site. */
export function describeOnSite(name: string, suite: (at: OnSite) => void): void {
  describeInBrowser(name, (browser) => {
    let site: Site | undefined;
    let here: Visit | undefined;
    before(async () => (site = await startSite()));
    beforeEach(async () => {
      if (site === undefined) return;
      site.scene = usualScene();
      here = await visit(browser(), site.origin, "/");
    });
    afterEach(() => here?.leave());
    after(() => site?.stop());
    suite({
      get site() {
        return begun(site);
      },
      get here() {
        return begun(here);
      },
    });
  });
}

function begun<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The site is there only within its tests.");
  return value;
}
