import type { ConfigurationProblem } from '../http/configuration-error';
import type { Class, Token } from '../metadata/records';
import { readConstructorTypes } from './constructor-types';
import type { Container, Provider } from './container';

/**
 * The default container: every class is constructed once an application. Classes that depend on nothing are
 * constructed here; the first that has dependencies brings in tsyringe, as does the first provider.
 * Adds to `problems` what is wrong with the providers. Its `resolve` throws ConfigurationError when a dependency
 * can not be resolved or depends on itself.
 */
export function makeContainer(providers: readonly Provider[], problems: ConfigurationProblem[]): Container {
  if (providers.length > 0) return loadContainer(providers, problems);
  const instances = new Map<Class, unknown>();
  let container: Container | undefined;
  return {
    resolve<T>(token: Token<T>): T {
      if (container === undefined && isIndependent(token)) return findOrConstruct(instances, token) as T;
      container ??= loadContainer(
        [...instances].map(([provide, useValue]) => ({ provide, useValue })),
        problems,
      );
      return container.resolve(token);
    },
  };
}

function isIndependent(token: Token): token is Class {
  return typeof token === 'function' && readConstructorTypes(token as Class)?.length === 0;
}

function findOrConstruct(instances: Map<Class, unknown>, type: Class): unknown {
  if (!instances.has(type)) instances.set(type, new type());
  return instances.get(type);
}

function loadContainer(providers: readonly Provider[], problems: ConfigurationProblem[]): Container {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where something has dependencies
  const { makeTsyringeContainer } = require('./tsyringe-container') as typeof import('./tsyringe-container');
  return makeTsyringeContainer(providers, problems);
}
