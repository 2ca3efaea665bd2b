/** The style that both error pages share: light and dark colours, and the heading. A page runs no script and loads nothing. */
const PAGE_STYLE = `
  :root { color-scheme: light dark; --text: #1b1f24; --dim: #636c76; --page: #fff; --panel: #f4f6f9; --line: #d9dee4; --mark: #c62430; --glow: #fdebec }
  @media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --dim: #96a0ab; --page: #0e1217; --panel: #171c23; --line: #2b333d; --mark: #ff8379; --glow: #3a1d20 } }
  * { box-sizing: border-box }
  body { margin: 0 auto; padding: clamp(1.5rem, 8vh, 6rem) 1.25rem 2rem; max-width: 60rem; font: 16px/1.55 system-ui, sans-serif; color: var(--text); background: var(--page); overflow-wrap: anywhere }
  h1 { margin: 0; font-size: 1rem; font-weight: 500; color: var(--dim) } h1 b { margin-right: .35em; padding: .15em .55em; border-radius: 99px; color: var(--mark); background: var(--glow) }
  .detail { margin: 1rem 0 2rem; font-size: clamp(1.2rem, 4vw, 1.6rem); font-weight: 600; line-height: 1.35; white-space: pre-wrap }
  code { font-family: ui-monospace, SFMono-Regular, Menlo, monospace }
  footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 13px; color: var(--dim) }`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** Formats a whole document. Title and body are HTML: the caller escapes what is in them. */
export function formatDocument(title: string, style: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${PAGE_STYLE}${style}
</style>
${body}
</html>
`;
}
