import '../metadata/store';
import { container as rootContainer, instanceCachingFactory } from 'tsyringe';
import { ConfigurationError, type ConfigurationProblem } from '../http/configuration-error';
import type { Class, Token } from '../metadata/records';
import { checkProviders } from './check-providers';
import { checkDependencies } from './check-dependencies';
import { readConstructorTypes } from './constructor-types';
import type { Container, Provider } from './container';

type TsyringeToken<T> = Parameters<typeof rootContainer.resolve<T>>[0];

/** The default container where something has dependencies: through tsyringe, by the contract of `makeContainer`. */
export function makeTsyringeContainer(
  listed: readonly Provider[],
  problems: ConfigurationProblem[],
): Container {
  const providers = checkProviders(listed, problems);
  const child = rootContainer.createChildContainer();
  // Not tsyringe's own decorators: they edit the metadata of the class, and so every other application's view of it.
  const construct = (type: Class): unknown =>
    new type(...(readConstructorTypes(type) ?? []).map((token) => container.resolve(token as Token)));
  const provided = new Map(providers.map((provider) => [provider.provide, provider]));
  const adopted = new Set<Class>();
  const adoptAll = (roots: readonly Class[]): void => {
    const found = checkDependencies(roots, provided, adopted);
    if (found.problems.length > 0) throw new ConfigurationError(found.problems);
    for (const type of found.classes) {
      adopted.add(type);
      if (child.isRegistered(type)) continue;
      child.register(type, { useFactory: instanceCachingFactory(() => construct(type)) });
    }
  };
  const container: Container = {
    resolve<T>(token: Token<T>) {
      if (typeof token === 'function' && !child.isRegistered(token as TsyringeToken<T>))
        adoptAll([token as Class]);
      return child.resolve<T>(token as TsyringeToken<T>);
    },
  };
  for (const provider of providers) {
    const token = provider.provide as TsyringeToken<unknown>;
    if ('useValue' in provider) child.register(token, { useFactory: () => provider.useValue });
    else if ('useFactory' in provider)
      child.register(token, { useFactory: instanceCachingFactory(() => provider.useFactory(container)) });
    else if (provider.useClass !== provider.provide) child.register(token, { useToken: provider.useClass });
  }
  const given = providers.flatMap((provider) => ('useClass' in provider ? [provider.useClass] : []));
  const faults = checkDependencies(given, provided).problems;
  if (faults.length > 0) problems.push(...faults);
  else adoptAll(given);
  return container;
}
