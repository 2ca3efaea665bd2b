import { badRequest } from '../status/http-error';

/**
 * Decodes percent-encoding once (RFC 3986 §2.1); free for text that has none.
 *
 * @throws HttpError 400 `percent_encoding` when it is malformed or not UTF-8
 */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw badRequest({ code: 'percent_encoding', detail: 'The URL or form has malformed percent-encoding.' });
  }
}

/** Decodes one name or value of a query or an url-encoded form, in which `+` is a space. Throws like `decodePercent`. */
export function decodeFormPart(text: string): string {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text);
}
