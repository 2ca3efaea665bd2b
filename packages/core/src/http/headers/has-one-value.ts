import type { HttpRequest } from '../request';

/**
 * Returns whether all lines of a header have one value, or there is none. If they differ, a proxy may have checked
 * another one than the application reads. Walks all lines.
 *
 * @example if (!hasOneValue(request, 'origin')) return forbidden();
 */
export function hasOneValue(request: HttpRequest, name: string): boolean {
  const [first, ...others] = request.headerLines(name);
  return others.every((line) => line === first);
}
