/**
 * Adds fields to a Vary value (RFC 9110 §12.5.5): names compare case-insensitively, `*` absorbs everything.
 * Pure; gives back `current` unchanged where nothing is new.
 */
export function mergeVary(current: string | undefined, fields: string): string {
  if (current === fields) return current;
  const present = splitFields(current ?? '');
  if (present.includes('*')) return '*';
  let merged = current ?? '';
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
