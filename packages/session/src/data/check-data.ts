import { isAnyArrayBuffer } from 'node:util/types';
import type { SessionData } from './session-data';

/**
 * Checks that the data comes back as it is, apart from dates, which become text, and undefined, which disappears.
 *
 * @throws TypeError that names the place of the first value which JSON cannot express or would change: a Map, a Set, bytes,
 * NaN, a RegExp, a bigint, a function, a circular reference
 */
export function checkData(data: SessionData): void {
  visit(data, [], []);
}

/** @param keys the way from the data to the value; `outer` has the objects on it */
function visit(value: unknown, keys: string[], outer: unknown[]): void {
  const fault = findFault(value, outer);
  if (fault !== undefined) throw new TypeError(explain(keys, fault));
  if (typeof value !== 'object' || value === null || hasText(value)) return;
  outer.push(value);
  for (const key of Object.keys(value)) {
    keys.push(key);
    visit((value as SessionData)[key], keys, outer);
    keys.pop();
  }
  outer.pop();
}

function findFault(value: unknown, outer: readonly unknown[]): string | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? undefined : String(value);
    case 'bigint':
    case 'function':
    case 'symbol':
      return `a ${typeof value}`;
    case 'object':
      return value === null ? undefined : findObjectFault(value, outer);
    default:
      return undefined;
  }
}

function findObjectFault(value: object, outer: readonly unknown[]): string | undefined {
  if (outer.includes(value)) return 'a circular reference';
  // A Buffer has a text, but not one that becomes bytes again.
  if (ArrayBuffer.isView(value) || isAnyArrayBuffer(value)) return 'bytes';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid date' : undefined;
  if (hasText(value) || Array.isArray(value)) return undefined;
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  return kind === 'Object' ? undefined : `of type ${kind}`;
}

/** Whether the object decides itself what it is as JSON. */
function hasText(value: object): boolean {
  return typeof (value as { readonly toJSON?: unknown }).toJSON === 'function';
}

function explain(keys: readonly string[], fault: string): string {
  const pointer = keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return (
    `The session cannot hold ${pointer}: it is ${fault}, which would not come back from JSON. ` +
    'Keep text, numbers, booleans, null, lists and plain objects in the session.'
  );
}
