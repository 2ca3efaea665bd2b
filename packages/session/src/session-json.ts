import type { SessionData } from './session-data';
import { SessionObject } from './session-object';
import type { SessionState } from './session-state';

/** The text of a session that holds nothing; such a session is never kept anywhere. */
export const EMPTY_TEXT = '{}';

/** Data without objects in it: a copy of its keys is a copy of all of it. Never handed out itself. */
export type FlatData = Readonly<Record<string, string | number | boolean | null>>;

/** The data of a text, if it is flat; null where something is nested. */
export function parseFlat(text: string): FlatData | null {
  const data = parseData(text);
  return Object.values(data).some((value) => typeof value === 'object' && value !== null)
    ? null
    : (data as FlatData);
}

/** A fresh data object with the same keys, and the state it belongs to. */
export function copyFlat(values: Readonly<SessionData>, state?: SessionState): SessionData {
  return Object.assign(new SessionObject(state) as unknown as SessionData, values);
}

/** Answers whether nothing has changed, without writing JSON; false also where it can not be told so. */
export function isStillFlat(values: FlatData, data: SessionData): boolean {
  for (const key in values) if (data[key] !== values[key]) return false;
  for (const key in data) if (values[key] === undefined) return false;
  return true;
}

/** A fresh data object of a text that `formatData` wrote; `__proto__` keys are dropped at every depth. */
export function parseData(text: string, state?: SessionState): SessionData {
  const isSuspect = text.includes('"__proto__"');
  const parsed: unknown = isSuspect ? JSON.parse(text, dropPrototypeKey) : JSON.parse(text);
  return copyFlat(parsed as SessionData, state);
}

/** The same, or undefined where the text is not the JSON of an object: for texts that others could have written. */
export function parseForeignData(text: string, state?: SessionState): SessionData | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
    return parseData(text, state);
  } catch {
    return undefined;
  }
}

/**
 * The JSON text of the data, `__proto__` keys dropped.
 *
 * @throws TypeError for what JSON can not say: circles, bigint
 */
export function formatData(data: SessionData): string {
  const text = JSON.stringify(data);
  return text.includes('"__proto__"') ? JSON.stringify(parseData(text)) : text;
}

/** Carries the top-level keys that changed between `original` and `changed` over to `latest`. Pure on texts. */
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
