import type { Language } from "../../core/messages/sentence.ts";
import type { ViewContext } from "./context.ts";
import { fileBox } from "./forms.ts";
import { html, type Html } from "./html.ts";
import { messagesFor, offlineMessages, trustMessages } from "./messages.ts";

function choice(language: Language, name: string, context: ViewContext): Html {
  const current = language === context.language && html` aria-current="true"`;
  return html`<button type="button" data-action="language" data-language="${language}" lang="${language}" ${current}>
    ${name}
  </button>`;
}

/** The body of the offline verifier: one box for certificate and trust bundle, the verdict, the trust bundle. The script draws it. */
export function offlineBody(logo: string, context: ViewContext): Html {
  const page = messagesFor(context.language);
  const words = offlineMessages(context.language);
  return html`<a class="skip" href="#main">${page.skip}</a>
    <header class="masthead">
      <div class="wrap">
        <span class="brand"
          ><img src="${logo}" alt="" width="44" height="44" /><span class="name">${page.brand}</span>
          <span class="line">${page.brandLine}</span></span
        >
        <nav aria-label="${page.languages}">
          ${choice("zh-CN", "中文", context)} ${choice("en", "English", context)}
        </nav>
      </div>
    </header>
    <main id="main" tabindex="-1">
      <div class="opening">
        <div class="wrap">
          <h1>${words.heading}</h1>
          <p class="lead">${words.lead}</p>
        </div>
      </div>
      <div class="wrap">
        <div id="trust-notice" aria-live="polite"></div>
        <div id="found" tabindex="-1"></div>
        <div class="ways">
          <section class="way wide" aria-labelledby="by-file">
            <h2 id="by-file">${page.file.title}</h2>
            <p class="hint">${words.hint}</p>
            ${fileBox([], context)}
          </section>
        </div>
        <section class="part" id="trust" tabindex="-1" aria-label="${trustMessages(context.language).title}"></section>
      </div>
    </main>
    <footer class="footer">
      <div class="wrap"><p>${words.footer}</p></div>
    </footer>`;
}
