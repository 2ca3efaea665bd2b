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

function dropPrototypeKey(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}
