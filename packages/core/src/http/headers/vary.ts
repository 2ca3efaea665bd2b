import { checkHeaderValue } from './header-check';

/**
 * Adds fields to a Vary value (RFC 9110 §12.5.5). Names are case-insensitive, and `*` replaces all of them. Returns
 * `current` itself when nothing is new.
 *
 * @throws TypeError when the fields cannot be sent
 */
export function mergeVary(current: string | undefined, fields: string): string {
  if (current === fields) return current;
  const start = current ?? '';
  const known = KNOWN.get(start)?.get(fields);
  if (known !== undefined) return known;
  const merged = checkHeaderValue('Vary', joinFields(start, fields));
  remember(start, fields, merged);
  return merged;
}

/** Earlier results, up to a limit: an application has only a few, and needs them with every response. */
const KNOWN = new Map<string, Map<string, string>>();
const MOST_KNOWN = 100;

function remember(current: string, fields: string, merged: string): void {
  const others = KNOWN.get(current) ?? new Map<string, string>();
  if (KNOWN.size >= MOST_KNOWN || others.size >= MOST_KNOWN) return;
  KNOWN.set(current, others.set(fields, merged));
}

function joinFields(current: string, fields: string): string {
  const present = splitFields(current);
  if (present.includes('*')) return '*';
  let merged = current;
  for (const field of fields.split(',')) {
    const name = field.trim();
    if (name === '*') return '*';
    if (name === '' || present.includes(name.toLowerCase())) continue;
    present.push(name.toLowerCase());
    merged += merged === '' ? name : `, ${name}`;
  }
  return merged;
}

function splitFields(value: string): string[] {
  return value.split(',').map((field) => field.trim().toLowerCase());
}
