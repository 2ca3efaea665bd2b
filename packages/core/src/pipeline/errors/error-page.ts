import type { ErrorDetail } from '../../http/status/http-error';
import { escapeHtml, formatDocument } from './html-document';
import type { ProblemDetails } from './problem-details';
import { isOwnFrame, readSourceExcerpt, type SourceExcerpt } from './source-excerpt';

const STYLE = `
  .source, ol, ul { margin: 0 0 1.5rem; border: 1px solid var(--line); border-radius: 10px; background: var(--panel) }
  ol, ul { padding: .9rem 1.1rem; list-style: none } li { padding-left: 2ch; text-indent: -2ch } li, pre { font: 13.5px/1.75 ui-monospace, SFMono-Regular, Menlo, monospace }
  .source { overflow: hidden } .source p { margin: 0; padding: .55rem 1.1rem; border-bottom: 1px solid var(--line); font-size: 13px; color: var(--dim) }
  pre { margin: 0; padding: .6rem 0; overflow-x: auto; overflow-wrap: normal; tab-size: 2 } pre span { display: block; width: max-content; min-width: 100%; padding: 0 1.1rem } pre i { display: inline-block; width: 4ch; margin-right: 1.5ch; text-align: right; font-style: normal; color: var(--dim) }
  pre .here { background: var(--glow); box-shadow: inset 3px 0 var(--mark) } pre .here i { color: var(--mark) }
  .foreign { color: var(--dim) }`;

/** Formats the page that a person sees in development when a request fails. Everything in it is escaped. */
export function formatErrorPage(problem: ProblemDetails): string {
  const { status, title, code, detail = '', instance, errors = [], stack = [] } = problem;
  return formatDocument(
    `${status} ${escapeHtml(title)}`,
    STYLE,
    `<h1><b>${status}</b>${escapeHtml(title)}</h1>
<p class="detail">${escapeHtml(detail)}</p>
${formatList('ul', errors.map(formatFault))}${formatExcerpt(readSourceExcerpt(stack))}${formatList('ol', stack.filter(isFrame).map(formatFrame))}<footer><code>${escapeHtml(code)}</code> · <code>${escapeHtml(instance)}</code> · Shown in development only.</footer>`,
  );
}

function formatList(tag: 'ol' | 'ul', items: readonly string[]): string {
  return items.length === 0 ? '' : `<${tag}>\n${items.join('\n')}\n</${tag}>\n`;
}

function formatFault({ in: place, pointer, detail }: ErrorDetail): string {
  return `<li>${escapeHtml(`${place} ${pointer}: ${detail}`)}</li>`;
}

function formatExcerpt(excerpt: SourceExcerpt | undefined): string {
  if (excerpt === undefined) return '';
  const lines = excerpt.lines.map(({ number, text }) => {
    const mark = number === excerpt.line ? ' class="here"' : '';
    return `<span${mark}><i>${number}</i>${escapeHtml(text)}</span>`;
  });
  const place = escapeHtml(`${excerpt.file}:${excerpt.line}`);
  return `<div class="source"><p><code>${place}</code></p><pre tabindex="0">${lines.join('')}</pre></div>\n`;
}

/** A stack begins with the message, which may have several lines. */
function isFrame(line: string): boolean {
  return line.startsWith('at ');
}

/** Frames of libraries and of Node are dimmed. */
function formatFrame(frame: string): string {
  return `<li${isOwnFrame(frame) ? '' : ' class="foreign"'}>${escapeHtml(frame)}</li>`;
}
