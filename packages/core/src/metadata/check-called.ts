import { makeMisplaced, nameMember } from './misplaced';

/**
 * Throws ConfigurationError DECORATOR_MISPLACED where a decorator was written without its parentheses: it is then given
 * the method in place of its own arguments, and what it returns would take the method's place.
 */
export function checkCalled(name: string, [target, property]: readonly unknown[]): void {
  const isMember = typeof property === 'string' || typeof property === 'symbol';
  if (!isMember || target === null || (typeof target !== 'object' && typeof target !== 'function')) return;
  const fault = `@${name} stands without its parentheses, which takes the method away.`;
  throw makeMisplaced(nameMember(target, property), fault, `Write @${name}().`);
}
