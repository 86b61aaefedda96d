import type { RecordView, VerificationAnswer } from "../answers.ts";
import type { Problem } from "../state.ts";
import { parseRecordList, parseRecordView, parseVerificationAnswer } from "../parse-answers.ts";

/** The gateway gave no answer that can be used; says so to the citizen. */
export class NoAnswer extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, cause?: unknown) {
    super(problem.code, { cause });
    this.problem = problem;
  }
}

export interface Gateway {
  /** Throw NoAnswer; `record` answers null where the gateway does not have it. */
  verify(body: unknown): Promise<VerificationAnswer>;
  record(digest: string): Promise<RecordView | null>;
  recordsWithFile(sha256: string): Promise<readonly RecordView[]>;
  /** A certificate with what the public may see; its trust bundle; what renews any certificate of the record: not read yet. */
  certificate(digest: string): Promise<unknown>;
  renewal(digest: string): Promise<unknown>;
  trust(): Promise<unknown>;
}

const timeout = 20_000;

function problemOf(response: Response): Problem {
  const wait = /^\d{1,6}$/.exec(response.headers.get("retry-after") ?? "")?.[0];
  const detail = wait === undefined ? {} : { detail: wait };
  if (response.status === 429) return { code: "rate-limited", ...detail };
  if (response.status === 503) return { code: "gateway-busy", ...detail };
  // Not found, not anchored yet, erased: of a record there is no certificate.
  if ([404, 409, 410].includes(response.status)) return { code: "no-certificate" };
  return { code: "failed" };
}

const asItCame = (value: unknown): unknown => value;

/** Speaks to the gateway that the page came from, and to nobody else. */
export function createGateway(fetcher: typeof fetch): Gateway {
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      return await fetcher(path, {
        ...init,
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        signal: AbortSignal.timeout(timeout),
      });
    } catch (cause) {
      throw new NoAnswer({ code: "gateway-unreachable" }, cause);
    }
  }

  async function read<T>(response: Response, parse: (value: unknown) => T): Promise<T> {
    if (!response.ok) throw new NoAnswer(problemOf(response));
    try {
      return parse(await response.json());
    } catch (cause) {
      throw new NoAnswer({ code: "failed" }, cause);
    }
  }

  return {
    async verify(body) {
      const headers = { "content-type": "application/json" };
      return read(
        await ask("/v1/verifications", { method: "POST", headers, body: JSON.stringify(body) }),
        parseVerificationAnswer,
      );
    },
    async record(digest) {
      const response = await ask(`/v1/records/${digest}`);
      return response.status === 404 || response.status === 410 ? null : read(response, parseRecordView);
    },
    recordsWithFile: async (sha256) => read(await ask(`/v1/records?file=${sha256}`), parseRecordList),
    certificate: async (digest) => read(await ask(`/v1/records/${digest}/certificate`), asItCame),
    renewal: async (digest) => read(await ask(`/v1/records/${digest}/proof`), asItCame),
    trust: async () => read(await ask("/v1/trust"), asItCame),
  };
}
