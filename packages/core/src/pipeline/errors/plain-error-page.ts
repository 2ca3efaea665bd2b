import { escapeHtml, formatDocument } from './html-document';
import type { ProblemDetails } from './problem-details';

const STYLE = `
  body { display: flex; flex-direction: column; justify-content: center; min-height: 100vh; min-height: 100svh; max-width: 34rem; padding-block: 2rem }
  .detail { margin-bottom: 0 } .hint { margin: .75rem 0 0; color: var(--dim) }`;

const HINTS: Readonly<Record<number, string>> = {
  400: 'Something is wrong with the request.',
  401: 'Please sign in first.',
  403: 'Your account does not have access to this page.',
  404: 'The address may be misspelt, or the page may have moved.',
  429: 'Please wait a little before you try again.',
  500: 'This is our fault, not yours. Please try again later.',
};

/** Formats the page that a person sees in production. It shows only what an HttpError says to the client, escaped. */
export function formatPlainErrorPage({ status, title, detail, instance }: ProblemDetails): string {
  const hint = HINTS[status] ?? HINTS[status >= 500 ? 500 : 400]!;
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
