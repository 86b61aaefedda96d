import * as read from "../../core/certificate/read.ts";
import { refused } from "../../core/certificate/read.ts";
import { faultsError, type Fault } from "../../core/error.ts";
import { parseJson } from "../../core/json/parse.ts";
import type { Seen, SeenHeader, SeenStatus } from "../../core/verify/seen.ts";

/** What a verifier met before, as it lies in its memory folder. */
interface SeenFile extends Seen {
  readonly format: "hufu-seen";
  readonly version: 1;
}

/** As many as are kept, and as large as certificates have them. */
const MAX_SEEN = 1000;
const MAX_HEADER = 128 * 1024;
const MAX_FOLLOWING = 256;

const integer = read.integer(0, Number.MAX_SAFE_INTEGER);

const seenFile: read.Reader<SeenFile> = read.object<SeenFile>({
  format: read.literal("hufu-seen"),
  version: read.literal(1),
  headers: read.list(
    read.object<SeenHeader>({
      chainId: integer,
      blockNumber: integer,
      blockHash: read.hash,
      block: read.object<SeenHeader["block"]>({
        header: read.base64(MAX_HEADER),
        following: read.list(read.base64(MAX_HEADER), MAX_FOLLOWING),
        seal: read.orNull(read.base64(65)),
      }),
    }),
    MAX_SEEN,
  ),
  statuses: read.list(read.object<SeenStatus>({ leaf: read.hash, version: integer, blockNumber: integer }), MAX_SEEN),
});

/** Throws MALFORMED_JSON or INVALID_REQUEST for what is no such file. */
export function parseSeen(text: string): Seen {
  const faults: Fault[] = [];
  const parsed = seenFile(parseJson(text), "", faults);
  if (parsed === refused) throw faultsError("INVALID_REQUEST", faults);
  return { headers: parsed.headers, statuses: parsed.statuses };
}

export function seenText({ headers, statuses }: Seen): string {
  return `${JSON.stringify({ format: "hufu-seen", version: 1, headers, statuses } satisfies SeenFile)}\n`;
}
