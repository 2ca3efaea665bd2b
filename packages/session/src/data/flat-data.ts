import type { SessionData } from './session-data';
import { parseData } from './session-json';

/** Data without nested objects: to copy its keys is to copy all of it. One value serves many requests, so it is never changed. */
export type FlatData = Readonly<Record<string, string | number | boolean | null>>;

/** Parses a session's text if its data is flat; null if something is nested. */
export function parseFlat(text: string): FlatData | null {
  const data = parseData(text);
  const isNested = Object.values(data).some((value) => typeof value === 'object' && value !== null);
  return isNested ? null : (data as FlatData);
}

/** Returns whether `data` still equals `flat`, without writing JSON. False can also mean that the JSON has to be compared. */
export function isUnchanged(flat: FlatData, data: SessionData): boolean {
  for (const key in flat) if (data[key] !== flat[key]) return false;
  for (const key in data) if (flat[key] === undefined) return false;
  return true;
}
