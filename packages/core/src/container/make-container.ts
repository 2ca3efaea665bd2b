import type { Problems } from '../configuration/problems';
import { nameToken, token, type Token } from '../http/token';
import { bindProvider } from './binding';
import { checkProviders } from './check-providers';
import type { Container, InstanceSource, Made, NamelessFactory, Provider } from './container';
import { Injector } from './injector';

export interface DependencyOptions {
  /** They bring providers, which the others replace. */
  readonly services?: readonly WithProviders[] | undefined;
  readonly providers?: readonly Provider[] | undefined;
  /** Providers that replace others with the same token. */
  readonly overrides?: readonly Provider[] | undefined;
  readonly container?: Container | undefined;
}

interface WithProviders {
  readonly providers?: readonly Provider[] | undefined;
}

/** Makes the built-in container, unless the user has one. */
export function makeContainer(
  { services = [], providers = [], overrides = [], container }: DependencyOptions,
  problems: Problems,
): InstanceSource {
  if (container !== undefined) return isSource(container) ? share(container) : adaptContainer(container);
  const bindings = [
    ...services.flatMap((service, index) => checkBrought(service, index, problems)),
    ...checkProviders('providers', providers, problems),
    ...checkProviders('overrides', overrides, problems),
  ].map(bindProvider);
  return new Injector(new Map(bindings.map((binding) => [binding.token, binding])));
}

/** A value that is not a service, or whose providers are not a list, is reported with the services. */
function checkBrought(
  service: WithProviders | null | undefined,
  index: number,
  problems: Problems,
): readonly Provider[] {
  const brought = service?.providers;
  return Array.isArray(brought) ? checkProviders(`services ${index}, providers`, brought, problems) : [];
}

/** Answers whether a container is that of an application. */
function isSource(container: Container): container is InstanceSource {
  return 'findRequestUse' in container;
}

/** The container of another application, which makes, starts and stops the instances. */
function share(source: InstanceSource): InstanceSource {
  return {
    resolve: (asked) => source.resolve(asked),
    findRequestUse: (asked) => source.findRequestUse(asked),
    nameFactory: (factory, name) => source.nameFactory(factory, name),
    makeProvided: () => Promise.resolve(),
    endAttempt: () => source.endAttempt(),
    made: [],
    sharedWith: source.sharedWith ?? source,
  };
}

/** The user's container has no instances of requests. Whatever it returns is taken to live as long as the application. */
function adaptContainer(container: Container): InstanceSource {
  const made = new Map<unknown, Made>();
  const factories = new Map<Token, () => unknown>();
  const names = new Map<NamelessFactory, Token>();
  return {
    resolve<T>(asked: Token<T>): T {
      const make = factories.get(asked);
      const value = make === undefined ? container.resolve(asked) : (make() as T);
      if (!made.has(value)) made.set(value, { name: nameToken(asked), value });
      return value;
    },
    findRequestUse: () => undefined,
    nameFactory(factory, name) {
      const named = names.get(factory) ?? token(name);
      names.set(factory, named);
      if (!factories.has(named)) factories.set(named, makeOnce(factory, container));
      return named;
    },
    makeProvided: () => Promise.resolve(),
    endAttempt: () => undefined,
    get made() {
      return [...made.values()];
    },
  };
}

/** Makes the function that calls the factory with what the user's container resolves, the first time only. */
function makeOnce({ inject, useFactory }: NamelessFactory, container: Container): () => unknown {
  let kept: { readonly value: unknown } | undefined;
  return () => {
    const dependencies = (kept ? [] : inject.map((needed) => container.resolve(needed))) as never[];
    return (kept ??= { value: useFactory(...dependencies) }).value;
  };
}
