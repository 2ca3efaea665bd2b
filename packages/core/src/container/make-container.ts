import type { Problems } from '../configuration/problems';
import type { Class } from '../http/class';
import type { Token } from '../metadata/token';
import { bindProvider } from './binding';
import { checkProviders } from './check-providers';
import type { Container, InstanceSource, Made, Provider } from './container';
import { Injector } from './injector';

export interface DependencyOptions {
  readonly providers?: readonly Provider[] | undefined;
  /** Providers that replace others with the same token. */
  readonly overrides?: readonly Provider[] | undefined;
  readonly container?: Container | undefined;
}

/** Makes the built-in container, unless the user has one. */
export function makeContainer(
  { providers = [], overrides = [], container }: DependencyOptions,
  problems: Problems,
): InstanceSource {
  if (container !== undefined) return adaptContainer(container);
  const bindings = [
    ...checkProviders('providers', providers, problems),
    ...checkProviders('overrides', overrides, problems),
  ].map(bindProvider);
  return new Injector(new Map(bindings.map((binding) => [binding.token, binding])));
}

/** The user's container has no instances of requests. Whatever it returns is taken to live as long as the application. */
function adaptContainer(container: Container): InstanceSource {
  const made = new Map<unknown, Made>();
  return {
    resolve<T>(token: Token<T>): T {
      const value = container.resolve(token);
      if (!made.has(value)) made.set(value, { name: (token as Class).name, value });
      return value;
    },
    findRequestUse: () => undefined,
    makeProvided: () => Promise.resolve(),
    endAttempt: () => undefined,
    get made() {
      return [...made.values()];
    },
  };
}
