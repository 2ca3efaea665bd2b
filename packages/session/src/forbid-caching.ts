import { HeaderLine, type HttpResponse } from '@sluice/core';

type Headers = HttpResponse['headers'];

const STANDARD = 'Cache-Control';
const NO_STORE = new HeaderLine(STANDARD, 'no-store');

/** Headers that caches on the way to the client prefer to Cache-Control (RFC 9213), and their older relative. */
const TARGETED = /(?:^|-)cdn-cache-control$|^surrogate-control$/;
const SHORTEST = 'cdn-cache-control'.length;

/**
 * Forbids caches to store a response that sets the session's cookie, because they would give it to other clients. A
 * Cache-Control of the handler that forbids it too, such as `private, max-age=5`, stays. The default of a guard was not
 * made with the cookie in mind.
 *
 * @param keeps whether everything that the handler decided stays
 */
export function forbidCaching(headers: Headers, keeps: boolean): void {
  if (keeps && headers.has(STANDARD) && !headers.isDefault(STANDARD)) return;
  if (headers.isDefault(STANDARD) || !isPrivate(headers, STANDARD)) headers.setLine(NO_STORE);
  const { lines } = headers;
  for (let index = 0; index < lines.length; index += 3) {
    const [name, lowerName] = [lines[index]!, lines[index + 1]!];
    // Replacing a line leaves the others where they are, and removes only later ones of its name.
    if (lowerName.length >= SHORTEST && TARGETED.test(lowerName) && !isPrivate(headers, name))
      headers.set(name, 'no-store');
  }
}

/** Whether no shared cache may store the response. `private="Set-Cookie"` leaves that to a cache that knows the form. */
function isPrivate(headers: Headers, name: string): boolean {
  const value = headers.get(name);
  if (value === undefined) return false;
  const directives = value.split(',').map((directive) => directive.trim().toLowerCase());
  return (
    (directives.includes('private') || directives.includes('no-store')) && !directives.includes('public')
  );
}
