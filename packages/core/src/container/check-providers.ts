import type { Problems } from '../configuration/problems';
import { isTypedToken } from '../metadata/token';
import type { Provider } from './container';

/** The providers that can be used. */
export function checkProviders(
  list: 'providers' | 'overrides',
  providers: readonly Provider[],
  problems: Problems,
): readonly Provider[] {
  return providers.filter((provider, index) => {
    const fault = findFault(provider);
    if (fault === undefined) return true;
    const cure =
      'Write { token, useValue: … }, or useClass: SomeClass, or useFactory: () => …; or a class alone.';
    problems.add('PROVIDER_INVALID', `createApp, ${list} ${index}`, fault, cure);
    return false;
  });
}

const LIFETIMES: readonly unknown[] = ['singleton', 'request', 'transient'];

function findFault(provider: unknown): string | undefined {
  if (typeof provider === 'function') return undefined;
  if (typeof provider !== 'object' || provider === null) return 'It is no record.';
  const { token, useClass, useFactory, inject, scope } = provider as Readonly<Record<string, unknown>>;
  if (!['string', 'symbol', 'function'].includes(typeof token) && !isTypedToken(token))
    return 'token is no token: a class, a text, a symbol or what token() makes.';
  const ways = ['useValue', 'useClass', 'useFactory'].filter((way) => way in provider);
  if (ways.length !== 1)
    return ways.length === 0
      ? 'It has none of useValue, useClass and useFactory.'
      : `It has ${ways.join(' and ')}, and only one can be meant.`;
  if (ways[0] === 'useClass' && typeof useClass !== 'function') return 'useClass is no class.';
  if (ways[0] === 'useFactory' && typeof useFactory !== 'function') return 'useFactory is no function.';
  if (inject !== undefined && (ways[0] !== 'useFactory' || !Array.isArray(inject)))
    return 'inject is a list of tokens, and goes with useFactory.';
  if (scope !== undefined && (ways[0] === 'useValue' || !LIFETIMES.includes(scope)))
    return "scope is 'singleton', 'request' or 'transient', and goes with useClass and useFactory.";
  return undefined;
}
