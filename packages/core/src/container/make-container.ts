import type { Problems } from '../configuration/problems';
import type { Class } from '../http/class';
import type { Token } from '../metadata/token';
import { bindProvider } from './binding';
import { checkProviders } from './check-providers';
import type { Container, InstanceSource, Made, Provider } from './container';
import { Injector } from './injector';

/** What an application says of its dependencies. */
export interface DependencyOptions {
  readonly providers?: readonly Provider[] | undefined;
  /** What stands in the place of something else, whoever provides that. */
  readonly overrides?: readonly Provider[] | undefined;
  readonly container?: Container | undefined;
}

/** Where instances come from: the built-in container, or the user's own. */
export function makeContainer(
  { providers = [], overrides = [], container }: DependencyOptions,
  problems: Problems,
): InstanceSource {
  if (container !== undefined) return adaptContainer(container);
  const usable = [
    ...checkProviders('providers', providers, problems),
    ...checkProviders('overrides', overrides, problems),
  ];
  return new Injector(new Map(usable.map(bindProvider).map((binding) => [binding.token, binding] as const)));
}

/** A container of the user's: it belongs to nobody's request, and what it was asked for is taken to be made by it. */
function adaptContainer(container: Container): InstanceSource {
  const made = new Map<unknown, Made>();
  return {
    resolve<T>(token: Token<T>): T {
      const value = container.resolve(token);
      if (!made.has(value)) made.set(value, { name: (token as Class).name, value });
      return value;
    },
    findRequestMaker: () => undefined,
    makeProvided: () => Promise.resolve(),
    get made() {
      return [...made.values()];
    },
  };
}
