import { badRequest } from '../status/http-error';

/**
 * Decodes percent-encoding (RFC 3986 §2.1) once. Text without any costs nothing.
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

/** Decodes a name or value of a query or URL-encoded form, in which `+` is a space. Throws like `decodePercent`. */
export function decodeFormPart(text: string): string {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text);
}
