import { inBeijing } from "../../../core/messages/beijing.ts";
import { html, type Html } from "../../../web/view/html.ts";
import { en } from "../messages/en.ts";
import type { AuditTexts } from "../messages/texts.ts";
import { zhCN } from "../messages/zh-CN.ts";
import type { AuditReport } from "../report.ts";
import { both, code, fact, shown } from "./both.ts";
import { figuresSection } from "./figures.ts";
import { pageCss } from "./page.css.ts";
import { comparedSection, countsSection, missingSection, provenSection } from "./sections.ts";

/** The report as one file that needs no network and no script: Chinese first, English beside it. The same report gives the same page. */
export function pageOf(report: AuditReport): string {
  const page = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${zhCN.title} ${en.title}</title>
        <style>
          ${styles()}
        </style>
      </head>
      <body>
        <main>
          <h1 class="both">${both(({ title }) => title)}</h1>
          ${outcome(report)} ${provenSection(report)} ${countsSection(report)} ${comparedSection(report)}
          ${missingSection(report)} ${notCovered(report)} ${ledger(report)}
          ${report.figures && figuresSection(report.figures)} ${signature(report)}
        </main>
      </body>
    </html> `;
  return `${page.toString()}\n`;
}

function styles(): Html {
  return html([pageCss] as unknown as TemplateStringsArray); // as: a template without a value
}

function outcome({ outcome: word, divergence, error }: AuditReport): Html {
  const why =
    divergence !== null
      ? html`<p class="both">${code(divergence.code)} ${both((texts) => texts.code[divergence.code])}</p>
          <p class="both">${both((texts) => texts.difference(divergence.expected, divergence.found))}</p>
          <ul>
            ${Object.entries(divergence.names).map(([name, value]) => html`<li>${shown(name)}: ${code(String(value))}</li>`)}
          </ul>`
      : error !== null &&
        html`<p class="both">${code(error.code)} ${both((texts) => faultOf(texts, error.code))}</p>
          <p lang="en">${shown(error.message)}</p>`;
  return html`<div class="outcome ${word}">
    <p class="word both">${both((texts) => texts.outcome[word])}</p>
    ${why}
  </div>`;
}

function faultOf({ fault, otherFault }: AuditTexts, code: string): string {
  return new Map<string, string>(Object.entries(fault)).get(code) ?? otherFault;
}

function notCovered({ notCovered: codes }: AuditReport): Html {
  return html`<h2>${both(({ heading }) => heading.notCovered)}</h2>
    <ul class="both">
      ${codes.map(({ code: one }) => html`<li>${both((texts) => texts.notCovered[one])}</li>`)}
    </ul>`;
}

function ledger({ ledger: of, blocks, trust, madeAt }: AuditReport): Html {
  const { date, clock } = inBeijing(madeAt);
  return html`<h2>${both(({ heading }) => heading.ledger)}</h2>
    <dl>
      ${fact(({ ledger: words }) => words.contract, code(of.address))}
      ${fact(({ ledger: words }) => words.chain, of.chainId)}
      ${fact(({ ledger: words }) => words.genesis, code(of.genesisHash))}
      ${fact(({ ledger: words }) => words.blocks, `${blocks.from} – ${blocks.to ?? "?"}`)}
      ${fact(({ ledger: words }) => words.trust, code(trust.fingerprint))}
      ${fact(({ ledger: words }) => words.madeAt, `${date} ${clock}`)}
    </dl>
    ${trust.isGatewayAlone === true && html`<p class="both">${both(({ gatewayAlone }) => gatewayAlone)}</p>`}`;
}

function signature({ signature: of }: AuditReport): Html {
  return html`<h2>${both(({ heading }) => heading.signature)}</h2>
    <p class="both">${both((texts) => (of === undefined ? texts.notSigned : texts.signedBy(of.publicKey)))}</p>`;
}
