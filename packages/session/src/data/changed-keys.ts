import type { SessionData } from './session-data';
import { formatData, parseData } from './session-json';

/** A top-level key that a request added, changed or removed. */
export interface ChangedKey {
  readonly key: string;
  /** The JSON that it had before; undefined if it was not there. */
  readonly before: string | undefined;
  /** Its JSON now; undefined if it was removed. */
  readonly after: string | undefined;
}

/** Lists the top-level keys that differ between two texts. */
export function findChangedKeys(original: string, changed: string): ChangedKey[] {
  const before = parseData(original);
  const after = parseData(changed);
  return Object.keys({ ...before, ...after })
    .map((key) => ({ key, before: formatKey(before, key), after: formatKey(after, key) }))
    .filter((one) => one.before !== one.after);
}

/**
 * Returns whether others have changed one of the keys, even to the same value: two requests that count from 1 to 2, or
 * use up one code, must not both succeed.
 */
export function haveOthersChanged(keys: readonly ChangedKey[], latest: SessionData): boolean {
  return keys.some(({ key, before }) => formatKey(latest, key) !== before);
}

/** Gives the keys their new values in `data`, and leaves all other keys alone. */
export function applyChangedKeys(keys: readonly ChangedKey[], data: SessionData): void {
  for (const { key, after } of keys) {
    if (after === undefined) delete data[key];
    else data[key] = JSON.parse(after);
  }
}

/** Applies the top-level keys that differ between `original` and `changed` to `latest`. All four are texts. */
export function mergeChanges(original: string, changed: string, latest: string): string {
  const merged = parseData(latest);
  applyChangedKeys(findChangedKeys(original, changed), merged);
  return formatData(merged);
}

function formatKey(data: SessionData, key: string): string | undefined {
  return JSON.stringify(data[key]);
}
