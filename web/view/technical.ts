import type { RecordView } from "../answers.ts";
import type { Result } from "../state.ts";
import { recordPath } from "../reference.ts";
import type { ViewContext } from "./context.ts";
import { html, type Html } from "./html.ts";
import { messagesFor } from "./messages.ts";

/** What an engineer copies: digest, root, transaction, block. Folded away on the screen, open on paper. */
export function technicalSection(result: Result, context: ViewContext): Html | null {
  if (result.digest === null) return null;
  const words = messagesFor(context.language);
  const { record, digest } = result;
  const rows: (readonly [string, string | number | undefined])[] = [
    [words.technical.digest, digest],
    [words.technical.link, context.isOffline ? undefined : `${context.publicUrl}${recordPath(digest, "zh-CN")}`],
    [words.technical.algorithm, record?.algorithm],
    [words.technical.recordId, record?.recordId],
    [words.technical.state, record ? stateWords(record, words) : undefined],
    [words.technical.root, record?.anchor?.root],
    [words.technical.transaction, record?.anchor?.transaction ?? undefined],
    [words.technical.block, record?.anchor?.blockNumber],
    [words.technical.blockHash, record?.anchor?.blockHash],
  ];
  return html`<details class="part technical">
    <summary>${words.technicalTitle}</summary>
    <dl class="content">
      ${rows.map(
        ([term, value]) =>
          value !== undefined &&
          html`<div>
            <dt>${term}</dt>
            <dd class="mono">${value}</dd>
          </div>`,
      )}
    </dl>
  </details>`;
}

/** Of a chain whose blocks are never final it says how many stand behind this one, and no more. */
function stateWords({ state, endorsement }: RecordView, words: ReturnType<typeof messagesFor>): string {
  if (state !== "endorsed") return words.state[state];
  return words.endorsed(endorsement?.by ?? 0, endorsement?.of ?? 0);
}
