import { escapeHtml } from './escape-html';
import { formatDocument } from './page-style';
import type { ProblemDetails } from './problem-reply';

const STYLE = `
  body { display: flex; flex-direction: column; justify-content: center; min-height: 100vh; min-height: 100svh; max-width: 34rem; padding-block: 2rem }
  .detail { margin-bottom: 0 } .hint { margin: .75rem 0 0; color: var(--dim) }`;

const HINTS: readonly (readonly [least: number, hint: string])[] = [
  [500, 'This is our fault, not yours. It has been noted; please try again in a while.'],
  [429, 'Please wait a little before you try again.'],
  [404, 'The address may be misspelt, or what was here has moved.'],
  [403, 'Your account does not reach here.'],
  [401, 'Please sign in first.'],
  [400, 'Something in the request is not as it should be.'],
];

/** The page a person sees in production: what an HttpError says to the client, and nothing from inside. Everything in it is escaped. */
export function formatPlainErrorPage({ status, title, detail, instance }: ProblemDetails): string {
  const exact = HINTS.find(([least]) => least === status);
  const [, hint] = exact ?? (status >= 500 ? HINTS[0]! : HINTS.at(-1)!);
  const note = status >= 500 ? `<footer>Reference <code>${escapeHtml(instance)}</code></footer>` : '';
  return formatDocument(
    `${status} ${escapeHtml(title)}`,
    STYLE,
    `<main>
<h1><b>${status}</b>${escapeHtml(title)}</h1>
<p class="detail">${escapeHtml(detail ?? title)}</p>
<p class="hint">${hint}</p>
</main>
${note}`,
  );
}
