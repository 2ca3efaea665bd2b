import { explainGiven, findOtherList, nameValue } from '../configuration/given-value';
import type { Class } from '../http/class';
import type { Problems } from '../configuration/problems';
import { LIFETIMES } from '../metadata/records';
import { isTypedToken } from '../http/token';
import type { Provider } from './container';
import { describeProviding, needsValues } from './needs-values';

/**
 * Returns the providers without a fault.
 *
 * @param list its place in createApp, such as `providers`
 */
export function checkProviders(
  list: string,
  providers: readonly Provider[],
  problems: Problems,
): readonly Provider[] {
  return providers.filter((provider, index) => {
    const fault = findFault(provider);
    if (fault === undefined) return true;
    const written =
      typeof provider === 'function'
        ? `Write ${describeProviding(provider)}.`
        : 'Write { token, useValue: … }, { token, useClass: SomeClass }, { token, useFactory: () => … }, or a class alone.';
    const cure = findOtherList(provider) ?? explainGiven(written, provider);
    problems.add('PROVIDER_INVALID', `createApp, ${list} ${index}`, fault, cure);
    return false;
  });
}

function findFault(provider: unknown): string | undefined {
  if (typeof provider === 'function') return findClassFault(provider as Class);
  if (typeof provider !== 'object' || provider === null)
    return `${nameValue(provider)} is neither an object nor a class.`;
  const { token, useClass, useFactory, inject, scope } = provider as Readonly<Record<string, unknown>>;
  if (!['string', 'symbol', 'function'].includes(typeof token) && !isTypedToken(token))
    return describeBadToken(token);
  const ways = ['useValue', 'useClass', 'useFactory'].filter((way) => way in provider);
  if (ways.length === 0) return 'It needs one of useValue, useClass and useFactory.';
  if (ways.length > 1) return `It has ${ways.join(' and ')}, but only one of them is allowed.`;
  if (ways[0] === 'useClass' && typeof useClass !== 'function') return 'useClass must be a class.';
  if (ways[0] === 'useFactory' && typeof useFactory !== 'function') return 'useFactory must be a function.';
  if (inject !== undefined && (ways[0] !== 'useFactory' || !Array.isArray(inject)))
    return 'inject must be a list of tokens, and is only allowed with useFactory.';
  if (scope !== undefined && (ways[0] === 'useValue' || !(LIFETIMES as readonly unknown[]).includes(scope)))
    return "scope must be 'singleton', 'request' or 'transient', and is only allowed with useClass and useFactory.";
  return undefined;
}

function findClassFault(type: Class): string | undefined {
  if (!needsValues(type)) return undefined;
  return `${type.name} has validation rules, so its values come from outside, and a new instance has none.`;
}

function describeBadToken(token: unknown): string {
  const rule = 'token must be a class, a string, a symbol or the result of token()';
  if (token !== undefined) return `${rule}.`;
  return `${rule}, but it is undefined: it is missing, or two files import each other.`;
}
