import type { Class } from '../http/class';
import { metadata } from '../metadata/metadata';
import type { Lifetime } from '../metadata/records';
import { nameToken, type Token } from '../http/token';
import { readConstructorTypes } from './constructor-types';
import type { Provider } from './container';
import { Pending } from './pending';

/** How the container makes the instance of one token. */
export interface Binding {
  readonly token: Token;
  /** The arguments of `make`, as tokens that are not checked yet; undefined if the compiler emitted no types. */
  readonly dependencies: readonly unknown[] | undefined;
  /** Its result may be Pending. */
  readonly make: (...dependencies: unknown[]) => unknown;
  /** Undefined if neither the provider nor `@Injectable` gives one. */
  readonly lifetime: Lifetime | undefined;
  /** The class that `make` constructs; undefined for values and factories. */
  readonly type?: Class;
  /** The token shares the instance of its only dependency. */
  readonly isAlias?: true;
  /** The instance is a value of the user, so the container neither starts nor stops it. */
  readonly isExternal?: true;
}

export function bindProvider(provider: Provider): Binding {
  if (typeof provider === 'function') return bindClass(provider);
  const { token } = provider;
  if ('useValue' in provider) {
    const make = (): unknown => provider.useValue;
    return { token, dependencies: [], make, lifetime: 'singleton', isExternal: true };
  }
  if ('useFactory' in provider) {
    const factory = provider.useFactory as (...dependencies: unknown[]) => unknown;
    const make = (...dependencies: unknown[]): unknown => Pending.await(factory(...dependencies));
    return { token, dependencies: provider.inject ?? [], make, lifetime: provider.scope };
  }
  const { useClass, scope } = provider;
  if (useClass === token || scope !== undefined) return { ...bindClass(useClass, scope), token };
  return {
    token,
    dependencies: [useClass],
    make: (instance) => instance,
    lifetime: undefined,
    isAlias: true,
  };
}

/** Binds a class to itself, so that it needs no provider. */
export function bindClass(
  type: Class,
  lifetime: Lifetime | undefined = metadata.injectable.read(type)?.scope,
): Binding {
  const make = (...dependencies: unknown[]): unknown => new type(...(dependencies as never[]));
  return { token: type, dependencies: readConstructorTypes(type), make, lifetime, type };
}

/** The name of a binding in messages. */
export function nameBinding({ token }: Binding): string {
  return nameToken(token);
}
