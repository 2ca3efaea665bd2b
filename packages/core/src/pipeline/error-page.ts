import type { ProblemDetails } from './problem-reply';

/** The page a person sees in development when something went wrong. Everything in it is escaped. */
export function formatErrorPage({ status, title, code, detail, instance, stack }: ProblemDetails): string {
  const lines = (stack ?? []).map((line) => `<li>${escapeHtml(line)}</li>`).join('');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${status} ${escapeHtml(title)}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 10vh auto; max-width: 52rem; padding: 0 1rem; color: #1b1f24; background: #fff }
  h1 { font-weight: 600; margin: 0 } code, li { font: 14px/1.6 ui-monospace, monospace } ol { overflow-x: auto; padding-left: 1.5rem }
  p.detail { font-size: 1.2rem } footer { color: #57606a; margin-top: 2rem }
  @media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117 } footer { color: #8b949e } }
</style>
<h1>${status} ${escapeHtml(title)}</h1>
<p class="detail">${escapeHtml(detail ?? '')}</p>
<ol>${lines}</ol>
<footer><code>${escapeHtml(code)}</code> · <code>${escapeHtml(instance)}</code> · Shown in development only.</footer>
</html>
`;
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
