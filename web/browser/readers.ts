import type { Certificate } from "../../core/certificate/certificate.ts";
import { certificateFound } from "../certificate-result.ts";
import type { Found, Problem } from "../state.ts";
import type { Held } from "./held.ts";
import type { Gateway } from "./gateway.ts";
import type { Session } from "./session.ts";
import type { FileOutcome } from "./verify-file.ts";

const problem = (one: Problem): Found => ({ is: "problems", problems: [one] });

/** Verifies the certificate in a file. */
export async function openText(session: Promise<Session>, text: string, isNewest: () => boolean): Promise<Found> {
  const opened = await session;
  return open(opened, opened.readCertificate(text), "brought", isNewest);
}

/** Verifies the certificate that the gateway issues for a record. Throws NoAnswer where it issues none. */
export async function openFetched(
  session: Promise<Session>,
  gateway: Gateway | null,
  digest: string,
  isNewest: () => boolean,
): Promise<Found> {
  if (gateway === null) return problem({ code: "needs-gateway" });
  const given = await gateway.certificate(digest);
  const opened = await session;
  return open(opened, opened.takeCertificate(given), "fetched", isNewest);
}

/** Offers the trust bundle in a file. */
export async function openTrust(session: Promise<Session>, text: string): Promise<FileOutcome> {
  const { offer, readTrust } = await session;
  const bundle = readTrust(text);
  if ("code" in bundle) return problem(bundle);
  await offer(bundle, "holder");
  return { is: "trust" };
}

/** What was asked for again in the meantime does not take the place of what was asked for last. */
async function open(
  { trustKnown, desk }: Session,
  certificate: Certificate | Problem,
  origin: Held["origin"],
  isNewest: () => boolean,
): Promise<Found> {
  if ("code" in certificate) return problem(certificate);
  await trustKnown();
  return isNewest() ? certificateFound(desk.open(certificate, origin)) : { is: "nothing" };
}
