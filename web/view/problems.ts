import type { Problem } from "../state.ts";
import type { ViewContext } from "./context.ts";
import { html, type Html } from "./html.ts";
import { messagesFor } from "./messages.ts";

/** The sentence of one problem, with what its `detail` tells: seconds to wait, or where a certificate is broken. */
export function problemText(problem: Problem, context: ViewContext): string {
  const words = messagesFor(context.language);
  const sentence = words.problem[problem.code];
  if (problem.detail === undefined) return sentence;
  const isPlace = problem.code === "certificate-unreadable" || problem.code === "trust-unreadable";
  const detail = isPlace ? words.where(problem.detail) : words.retryAfter(problem.detail);
  return `${sentence} ${detail}`;
}

/** Summary above the form, which takes the focus when the page opens and leads to each field at fault (as GOV.UK does it). */
export function problemSummary(problems: readonly Problem[], context: ViewContext): Html | null {
  if (problems.length === 0) return null;
  const item = (problem: Problem): Html => {
    const text = problemText(problem, context);
    return problem.field === undefined
      ? html`<li data-problem="${problem.code}">${text}</li>`
      : html`<li data-problem="${problem.code}"><a href="#${problem.field}">${text}</a></li>`;
  };
  return html`<div class="problems" id="problems" role="alert" tabindex="-1" aria-labelledby="problems-title">
    <h2 id="problems-title">${messagesFor(context.language).problemTitle}</h2>
    <ul>
      ${problems.map(item)}
    </ul>
  </div>`;
}

/** The problem beside its field; the field names it with `aria-describedby`. */
export function fieldProblem(field: string, problems: readonly Problem[], context: ViewContext): Html | null {
  const problem = problems.find((candidate) => candidate.field === field);
  return problem === undefined
    ? null
    : html`<p class="field-problem" id="${field}-problem">${problemText(problem, context)}</p>`;
}
