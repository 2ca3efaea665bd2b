import { parseQualityList } from '../../http/headers/quality-list';

const PROGRAM_TYPES = ['application/problem+json', 'application/json'];

/** Answers whether a client asks for HTML, by name, at least as much as for JSON (RFC 9110 §12.5.1): a person reads it. */
export function prefersPage(accept: string | undefined): boolean {
  if (accept === undefined || !accept.includes('html')) return false;
  const list = parseQualityList(accept);
  const weigh = (...types: readonly string[]) =>
    Math.max(0, ...list.filter(({ value }) => types.includes(value)).map(({ quality }) => quality));
  const page = weigh('text/html');
  return page > 0 && page >= weigh(...PROGRAM_TYPES);
}
