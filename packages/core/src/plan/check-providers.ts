import type { ConfigurationProblem } from '../http/configuration-error';
import type { Provider } from './container';

/** The providers that can be used. Adds to `problems` for those that can not. */
export function checkProviders(
  providers: readonly Provider[],
  problems: ConfigurationProblem[],
): readonly Provider[] {
  return providers.filter((provider, index) => {
    const fault = findFault(provider);
    if (fault === undefined) return true;
    const cure = 'Write { provide: token, useValue: … }, or useClass: SomeClass, or useFactory: () => ….';
    problems.push({ code: 'PROVIDER_INVALID', place: `createApp, providers ${index}`, fault, cure });
    return false;
  });
}

function findFault(provider: unknown): string | undefined {
  if (typeof provider !== 'object' || provider === null) return 'It is no record.';
  const { provide, useClass, useFactory } = provider as Readonly<Record<string, unknown>>;
  if (!['string', 'symbol', 'function'].includes(typeof provide))
    return 'provide is no token: a class, a text or a symbol.';
  const ways = ['useValue', 'useClass', 'useFactory'].filter((way) => way in provider);
  if (ways.length !== 1)
    return ways.length === 0
      ? 'It has none of useValue, useClass and useFactory.'
      : `It has ${ways.join(' and ')}, and only one can be meant.`;
  if (ways[0] === 'useClass' && typeof useClass !== 'function') return 'useClass is no class.';
  if (ways[0] === 'useFactory' && typeof useFactory !== 'function') return 'useFactory is no function.';
  return undefined;
}
