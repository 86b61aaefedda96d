import { certificateFound, type CertificateFound } from "../certificate-result.ts";
import type { Found, Problem } from "../state.ts";
import type { ViewContext } from "../view/context.ts";
import { holderMessages, messagesFor, trustMessages } from "../view/messages.ts";
import { foundTitle } from "../view/title.ts";
import { drawFound, present } from "./draw.ts";
import { NoAnswer, type Gateway } from "./gateway.ts";
import { focusOn, save, say } from "./parts.ts";
import type { Session } from "./session.ts";
import { openFetched, openText, openTrust } from "./readers.ts";
import { verifyFile, type FileOutcome } from "./verify-file.ts";

export interface ActionDeps {
  /** rejects where the verifier's script cannot be fetched */
  readonly session: Promise<Session>;
  readonly gateway: Gateway | null;
  readonly context: () => ViewContext;
}

/** What a reader can do on the page. Each shows, says and focuses what came of it. */
export interface Actions {
  take(files: FileList | null | undefined): Promise<void>;
  fetchCertificate(digest: string): Promise<void>;
  choose(maxAge: string): Promise<void>;
  renew(): Promise<void>;
  hide(names: ReadonlySet<string>): Promise<void>;
  save(what: "file" | "evidence"): Promise<void>;
  trust(decision: "confirm" | "accept" | "dismiss" | "forget"): Promise<void>;
}

export function createActions({ session, gateway, context }: ActionDeps): Actions {
  const words = () => messagesFor(context().language);
  /** The newest question wins: the answer to an older one comes too late and is dropped. */
  let turn = 0;

  /** Asks, and shows the answer if nobody has asked anything since. */
  async function answer(ask: (isNewest: () => boolean) => Promise<FileOutcome>): Promise<void> {
    const mine = ++turn;
    const isNewest = (): boolean => mine === turn;
    say(words().file.asking);
    const outcome = await ask(isNewest).catch(problemOf);
    if (!isNewest()) return;
    if (outcome.is === "trust") {
      tellTrust();
      return;
    }
    if (!isOnDesk(outcome)) session.then(({ desk }) => desk.close()).catch(problemOf);
    drawFound(outcome, context());
    present(outcome, context());
  }

  function tellTrust(): void {
    say("");
    focusOn("trust-notice-title", "trust");
  }

  /** Shows it where the reader is: the focus goes to the first of `ids` that is there. */
  function redraw(certificate: CertificateFound, said: (title: string) => string, ...ids: readonly string[]): void {
    const found = certificateFound(certificate);
    drawFound(found, context());
    say(said(foundTitle(found, context())));
    focusOn(...ids, "found");
  }

  return {
    async take(files) {
      const file = files?.[0];
      if (file === undefined) return;
      await answer(async (isNewest) => {
        if (files && files.length > 1) return { is: "problems", problems: [{ code: "several-files", field: "file" }] };
        return verifyFile(file, {
          gateway,
          certificate: (text) => openText(session, text, isNewest),
          trust: (text) => openTrust(session, text),
          progress: (percent) => {
            if (isNewest()) say(percent < 100 ? words().file.hashing(percent) : words().file.asking);
          },
        });
      });
    },
    fetchCertificate: (digest) => answer((isNewest) => openFetched(session, gateway, digest, isNewest)),
    async choose(maxAge) {
      const found = (await session).desk.choose(maxAge);
      if (found) redraw(found, words().file.done, "max-age");
    },
    async renew() {
      if (gateway === null) return;
      say(holderMessages(context().language).certificate.renewing);
      const { desk, refreshTrust } = await session;
      // The new proof may be under seals that only a newer bundle knows.
      await refreshTrust();
      const found = await desk.renew(gateway.renewal);
      if (found) redraw(found, () => "", "renewal");
    },
    async hide(names) {
      const { desk } = await session;
      const hidden = desk.hide(names);
      if (hidden === undefined) return;
      const file = hidden.isReduced ? desk.file() : undefined;
      if (file) save(file);
      redraw(
        hidden.found,
        () => (file ? holderMessages(context().language).hide.done : ""),
        ...(file ? ["saving"] : ["hide-problem"]),
      );
    },
    async save(what) {
      const { desk } = await session;
      const file = what === "file" ? desk.file() : desk.evidence();
      if (file) save(file);
    },
    async trust(decision) {
      const { keeper, seen } = await session;
      const { notice } = keeper.held();
      const wasAsked = notice !== null && "offered" in notice;
      if (decision === "forget") seen.forget();
      keeper[decision]();
      const trust = trustMessages(context().language);
      const said = { confirm: trust.confirmed, accept: trust.notice.taken, forget: trust.forgotten };
      say(decision === "dismiss" ? (wasAsked ? trust.notice.keptOn : "") : said[decision]);
      if (decision === "confirm" || decision === "forget" || wasAsked) focusOn("trust");
      else focusOn("found");
    },
  };
}

const isOnDesk = (found: Found): boolean => found.is === "result" && found.result.certificate !== null;

/** Whatever goes wrong is told. The script of the verifier lies on the gateway, and without it nothing can be checked. */
function problemOf(error: unknown): Found {
  if (!(error instanceof NoAnswer)) console.error(error);
  const problem: Problem = error instanceof NoAnswer ? error.problem : { code: "failed" };
  return { is: "problems", problems: [problem] };
}
