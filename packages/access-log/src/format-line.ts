import { inspect } from 'node:util';
import type { AccessEntry } from './access-entry';

/** Writes an entry as one line for people. No text of a client can add a line to it, or move the cursor (CWE-117). */
export function formatLine(entry: AccessEntry, fields: Readonly<Record<string, unknown>> = {}): string {
  const { method, route, path, status, durationMs, bytes, requestId, address, userAgent } = entry;
  const parts = [
    method,
    path ?? route ?? '-',
    String(status),
    `${durationMs.toFixed(1)} ms`,
    ...(bytes === undefined ? [] : [`${bytes} B`]),
    ...(entry.aborted ? ['aborted'] : []),
    ...(entry.broken ? ['broken off'] : []),
    ...(requestId === undefined ? [] : [`id ${requestId}`]),
    ...(address === undefined ? [] : [address]),
    ...(userAgent === undefined ? [] : [JSON.stringify(userAgent)]),
    ...listHeaders('>', entry.requestHeaders),
    ...listHeaders('<', entry.responseHeaders),
    ...listFields(fields),
  ];
  return escapeControls(parts.join(' '));
}

function listFields(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${formatField(value)}`],
  );
}

function formatField(value: unknown): string {
  if (typeof value === 'string') return /^\S+$/.test(value) ? value : JSON.stringify(value);
  return inspect(value, { breakLength: Infinity });
}

function listHeaders(mark: string, headers: AccessEntry['requestHeaders'] = {}): string[] {
  return Object.entries(headers).map(([name, value]) => `${mark} ${name}: ${JSON.stringify(value)}`);
}

/**
 * Controls (C0, DEL, C1), the separators of lines and paragraphs, and the characters that turn the direction of a text.
 * A terminal or a viewer would obey them.
 */
const UNSAFE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

function escapeControls(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
