import '../metadata/store';
import { container as rootContainer, inject, injectable, instanceCachingFactory, Lifecycle } from 'tsyringe';
import { ConfigurationError } from '../http/configuration-error';
import type { Class, Token } from '../metadata/records';
import { checkDependencies } from './check-dependencies';
import { readConstructorTypes } from './constructor-types';
import type { Container, Provider } from './container';

type TsyringeToken<T> = Parameters<typeof rootContainer.resolve<T>>[0];

/**
 * The default container: every class is constructed once an application, through tsyringe.
 *
 * @throws ConfigurationError, now for the providers and from `resolve` for a class, when a dependency can not be
 * resolved or depends on itself
 */
export function makeContainer(providers: readonly Provider[]): Container {
  const child = rootContainer.createChildContainer();
  const adoptAll = (roots: readonly Class[]): void => {
    const { classes, problems } = checkDependencies(roots, providers);
    if (problems.length > 0) throw new ConfigurationError(problems);
    for (const type of classes) {
      if (child.isRegistered(type)) continue;
      adopt(type);
      child.register(type, { useClass: type }, { lifecycle: Lifecycle.Singleton });
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
    if ('useValue' in provider) child.register(token, { useValue: provider.useValue });
    else if ('useFactory' in provider)
      child.register(token, { useFactory: instanceCachingFactory(() => provider.useFactory(container)) });
    else if (provider.useClass !== provider.provide)
      child.register(token, { useToken: provider.useClass as Class });
  }
  adoptAll([]);
  return container;
}

/** Tells tsyringe what a class's constructor asks for, as its own decorators would. */
function adopt(type: Class): void {
  const types = readConstructorTypes(type) ?? [];
  for (const [index, token] of types.entries())
    inject(token as TsyringeToken<unknown>)(type, undefined, index);
  if (types.length > 0) injectable()(type);
}
