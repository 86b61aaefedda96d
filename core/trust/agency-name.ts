import type { TrustBundle } from "./bundle.ts";

/** What the bundle calls the agency with this unified social credit code; null where it does not know it, or there is no bundle. */
export function agencyName(bundle: TrustBundle | undefined, uscc: string): string | null {
  return bundle?.agencies.find((agency) => agency.uscc === uscc)?.name ?? null;
}
