import type { HolderMessages, OfflineMessages } from "./holder.zh-CN.ts";

/** What the verify page says to whoever holds a certificate, and what the offline verifier says, in English. */
export const holder: HolderMessages = {
  take: {
    title: "Check for yourself",
    lead: "The above is the gateway's answer. Take the certificate, and this browser verifies it under the trust bundle: then you need not believe the gateway.",
    submit: "Take the certificate and verify it here",
  },
  certificate: {
    title: "This certificate",
    asOf: (block, time) => `It proves how things stood at block ${String(block)} (${time}).`,
    under: "Verified under the trust bundle with the fingerprint",
    underState: {
      gateway: "Not compared yet: see the trust bundle",
      holder: "Confirmed: see the trust bundle",
    },
    maxAge: "Oldest proof that you accept",
    maxAges: { day: "1 day", month: "30 days", any: "No limit" },
    renew: "Renew the proof",
    renewHint:
      "Fetches a proof of the newest block from the gateway, and takes it only after this browser has verified it. What the certificate shows stays the same, and is not sent.",
    renewOffline:
      "A proof cannot be renewed offline. Open this certificate on the gateway's verify page and choose “Renew the proof”.",
    renewing: "Fetching a new proof …",
    renewed: (before) =>
      `The proof is renewed and verified (the old one was as of ${before}). The effect has not changed.`,
    renewedChanged: (before, from, to) =>
      `The proof is renewed and verified (the old one was as of ${before}). Meanwhile the effect changed from “${from}” to “${to}”.`,
    renewalFailed: {
      unreachable: "The gateway could not be reached, and the proof was not renewed. The certificate is still good.",
      busy: "The gateway is busy, and the proof was not renewed. Try again in a moment.",
      "not-here": "The gateway does not have this record, or not anchored yet; the proof was not renewed.",
      refused:
        "The proof that the gateway gave did not pass the checks and was not taken. The certificate is still good.",
      ahead:
        "The proof that the gateway gave is of a time that is still to come by the clock of this machine, and was not taken. Set the clock, and renew again.",
      older: "The proof that the gateway gave is older than this certificate and was not taken.",
    },
    save: "Save the certificate",
    saveHint: {
      brought: "",
      fetched:
        "This certificate was issued by the gateway and verified above. Once saved, it can be verified without the gateway.",
      renewed: "This is the renewed certificate, another file than the old one: save it.",
      reduced:
        "This is the reduced certificate: whoever gets it sees the result above. The original file is unchanged.",
    },
    conflict: {
      qbft: (block) =>
        `Validators sealed two different blocks at height ${String(block)}. This is evidence of misconduct: save it and give it to those who publish the trust bundle.`,
      clique: (block) =>
        `A majority of the validators endorsed two different blocks at height ${String(block)}. Under Clique that need not be misconduct: one of the two fell, or will fall, out of the chain, and the files do not show which. Renew the proof once the chain has gone on; save both for those who publish the trust bundle.`,
    },
    saveConflict: "Save both blocks",
  },
  hide: {
    title: "Hide fields",
    lead: "Tick what others need not see, and save another certificate. What is hidden stays bound by the digest: others see its name, not its content.",
    legend: "Fields to hide",
    publicView: "(as the public sees it)",
    file: "File",
    submit: "Save the reduced certificate",
    nothingChosen: "Tick at least one field.",
    done: "Hidden and saved.",
  },
};

/** The offline verifier. */
export const offline: OfflineMessages = {
  heading: "Verify a certificate offline",
  lead: "Drop the certificate and the trust bundle here. Everything is computed inside this file; it uses no network.",
  privacy: "Nothing leaves this computer: this page cannot reach any network.",
  hint: "The certificate (JSON) and the trust bundle (JSON) both go here, in any order.",
  withoutScript: "This page computes on your computer, which needs JavaScript.",
  none: "There is no trust bundle yet, so no certificate can be verified. Put a trust bundle file (JSON) into the file box above.",
  footer: "This is one self-contained file: keep it, pass it on, compare its hash. Nothing in it comes from elsewhere.",
};
