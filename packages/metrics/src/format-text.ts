/** The grammar of the text format 0.0.4 of Prometheus. */
export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

const UNSAFE = /["\\\n\0]/g;
/** The format cannot escape NUL. The parser of Prometheus stops there, and the whole scrape would fail. */
const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\0': '\uFFFD' };

/** `kind="book"`, with whatever text. A lone surrogate would become another character on its way. */
export function formatLabel(name: string, value: string): string {
  return `${name}="${value.toWellFormed().replace(UNSAFE, (character) => ESCAPES[character]!)}"`;
}

/** The lines before the samples of a metric. */
export function formatHead(name: string, type: string, help: string): string {
  const text = help.replace(UNSAFE, (character) => (character === '"' ? character : ESCAPES[character]!));
  return `# HELP ${name} ${text}\n# TYPE ${name} ${type}\n`;
}

/** One sample; `labels` is empty or `a="b",c="d"`. */
export function formatSample(name: string, labels: string, value: number): string {
  return `${name}${labels === '' ? '' : `{${labels}}`} ${formatNumber(value)}\n`;
}

/** A number as Go reads it. */
export function formatNumber(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}
