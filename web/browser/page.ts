import type { Trusted } from "../../core/verify/trusted.ts";
import { certificateFound } from "../certificate-result.ts";
import type { ViewContext } from "../view/context.ts";
import { createActions } from "./actions.ts";
import { drawFound, drawTrust, showWithScript } from "./draw.ts";
import type { Gateway } from "./gateway.ts";
import { listen } from "./listen.ts";
import { openSession, type Session, type VerifierScript } from "./session.ts";

export interface PageDeps {
  readonly context: () => ViewContext;
  /** null: offline */
  readonly gateway: Gateway | null;
  /** rejects where the script cannot be fetched */
  readonly script: Promise<VerifierScript>;
  /** a trust bundle that came with the verifier; undefined: none did */
  readonly builtIn: unknown;
}

/** Brings the page to life; whoever draws it anew awaits the session. */
export function startPage({ context, gateway, script, builtIn }: PageDeps): Promise<Session> {
  /** A certificate that is open is verified again under another bundle, where the reader is. */
  function trustChanged(session: Session, before: Trusted | null): void {
    const held = session.keeper.held();
    drawTrust(held, context());
    const found = held.trusted === before ? undefined : session.desk.again();
    if (found) drawFound(certificateFound(found), context());
  }

  const session = script.then(async (loaded) => {
    const opened = await openSession(loaded, { gateway, builtIn, trustChanged });
    drawTrust(opened.keeper.held(), context());
    return opened;
  });
  session.catch((error: unknown) => console.error(error));
  listen(createActions({ session, gateway, context }));
  showWithScript();
  return session;
}
