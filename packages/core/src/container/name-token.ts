import type { Token } from '../metadata/records';
import { isTypedToken } from '../metadata/decorators/token';

/** How messages call a token: a class by its name, a text in quotes. */
export function nameToken(token: Token): string {
  if (typeof token === 'function') return token.name || 'a class without a name';
  if (typeof token === 'symbol') return token.toString();
  return isTypedToken(token) ? token.name : JSON.stringify(token);
}
