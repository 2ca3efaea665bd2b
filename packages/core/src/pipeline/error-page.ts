import type { ErrorDetail } from '../http/http-error';
import type { ProblemDetails } from './problem-reply';

const STYLE = `
  :root { color-scheme: light dark; --text: #1b1f24; --dim: #6a737d; --page: #fff; --panel: #f6f8fa; --mark: #cf222e }
  @media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --dim: #8b949e; --page: #0d1117; --panel: #161b22; --mark: #ff7b72 } }
  body { margin: 0 auto; padding: 8vh 1.25rem 2rem; max-width: 56rem; font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); overflow-wrap: anywhere }
  h1 { margin: 0; font-size: 1.1rem; font-weight: 500; color: var(--dim) } h1 b { color: var(--mark) }
  .detail { margin: .75rem 0 2rem; font-size: 1.5rem; line-height: 1.35; white-space: pre-wrap }
  ol, ul { margin: 0 0 2rem; padding: 1rem 1.25rem; border-radius: 8px; background: var(--panel); list-style: none }
  li, code { font: 14px/1.7 ui-monospace, monospace } li { padding-left: 2ch; text-indent: -2ch }
  .foreign, footer { color: var(--dim) } footer, footer code { font-size: 13px }`;

/** The page a person sees in development when something went wrong. Everything in it is escaped. */
export function formatErrorPage(problem: ProblemDetails): string {
  const { status, title, code, detail = '', instance, errors = [], stack = [] } = problem;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${status} ${escapeHtml(title)}</title>
<style>${STYLE}
</style>
<h1><b>${status}</b> ${escapeHtml(title)}</h1>
<p class="detail">${escapeHtml(detail)}</p>
${formatList('ul', errors.map(formatFault))}${formatList('ol', stack.filter(isFrame).map(formatFrame))}<footer><code>${escapeHtml(code)}</code> · <code>${escapeHtml(instance)}</code> · Shown in development only.</footer>
</html>
`;
}

function formatList(tag: 'ol' | 'ul', items: readonly string[]): string {
  return items.length === 0 ? '' : `<${tag}>\n${items.join('\n')}\n</${tag}>\n`;
}

function formatFault({ in: place, pointer, detail }: ErrorDetail): string {
  return `<li>${escapeHtml(`${place} ${pointer}: ${detail}`)}</li>`;
}

/** A stack repeats the message, which may have lines of its own. */
function isFrame(line: string): boolean {
  return line.startsWith('at ');
}

/** What the reader did not write stands back. */
function formatFrame(frame: string): string {
  const isForeign = frame.includes('node_modules') || frame.includes('node:');
  return `<li${isForeign ? ' class="foreign"' : ''}>${escapeHtml(frame)}</li>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
