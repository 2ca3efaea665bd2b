import type { SessionData } from './session-data';
import { makeSessionObject } from './session-object';

/** The text of an empty session, which is never kept: no cookie and no record holds it. */
export const EMPTY_TEXT = '{}';

/** Parses a text that `formatData` wrote; `__proto__` keys are dropped at every depth. */
export function parseData(text: string, owner?: object): SessionData {
  const isSuspect = text.includes('"__proto__"');
  const parsed: unknown = isSuspect ? JSON.parse(text, dropPrototypeKey) : JSON.parse(text);
  return makeSessionObject(parsed as SessionData, owner);
}

/** Parses a text that others may have written; undefined if it is not the JSON of an object. */
export function parseForeignData(text: string, owner?: object): SessionData | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
    return parseData(text, owner);
  } catch {
    return undefined;
  }
}

/**
 * Writes the data as JSON, without `__proto__` keys.
 *
 * @throws TypeError for values that JSON cannot express: circular references, bigint
 */
export function formatData(data: SessionData): string {
  const text = JSON.stringify(data);
  return text.includes('"__proto__"') ? JSON.stringify(parseData(text)) : text;
}

/** Applies the top-level keys that differ between `original` and `changed` to `latest`. All four are texts. */
export function mergeChanges(original: string, changed: string, latest: string): string {
  const before = parseData(original);
  const after = parseData(changed);
  const merged = parseData(latest);
  for (const key of Object.keys({ ...before, ...after })) {
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue;
    if (Object.hasOwn(after, key)) merged[key] = after[key];
    else delete merged[key];
  }
  return formatData(merged);
}

function dropPrototypeKey(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}
