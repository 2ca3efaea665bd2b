import { MOST_CHARACTERS } from './refused-input';

/**
 * Writes the JSON Pointer to a place within a part of the request (RFC 6901 §3). It cuts a long key where a
 * response would cut the pointer: a client may send a key as long as the body, with a hundred errors behind it.
 */
export function formatPointer(...path: readonly PropertyKey[]): string {
  return path.map((key) => `/${escapeKey(String(key).slice(0, MOST_CHARACTERS + 1))}`).join('');
}

function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
