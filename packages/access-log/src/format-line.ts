import type { AccessEntry } from './access-entry';

/** Writes an entry as one line for people. No text of a client can add a line to it, or move the cursor (CWE-117). */
export function formatLine(entry: AccessEntry): string {
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
  ];
  return escapeControls(parts.join(' '));
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
