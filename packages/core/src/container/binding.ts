import type { Class } from '../http/class';
import { metadata } from '../metadata/metadata';
import type { Lifetime } from '../metadata/records';
import { nameToken, type Token } from '../metadata/token';
import { readConstructorTypes } from './constructor-types';
import type { Provider } from './container';

/** How what a token stands for is had. */
export interface Binding {
  readonly token: Token;
  /** What it is made of, in order; undefined where the compiler emitted no types. */
  readonly asks: readonly unknown[] | undefined;
  readonly make: (...dependencies: unknown[]) => unknown;
  /** What its makers said; undefined where they said nothing. */
  readonly lifetime: Lifetime | undefined;
  /** The class that is constructed, where one is. */
  readonly type?: Class;
  /** It is another token's: nothing is made or kept under this one. */
  readonly isAlias?: true;
  /** It was made elsewhere, and ends elsewhere. */
  readonly isGiven?: true;
}

/** What a provider says, as a binding. */
export function bindProvider(provider: Provider): Binding {
  if (typeof provider === 'function') return bindClass(provider);
  const { token } = provider;
  if ('useValue' in provider)
    return {
      token,
      asks: [],
      make: () => provider.useValue,
      lifetime: 'singleton',
      isGiven: true,
    };
  if ('useFactory' in provider) {
    const make = provider.useFactory as (...dependencies: unknown[]) => unknown;
    return { token, asks: provider.inject ?? [], make, lifetime: provider.scope };
  }
  const { useClass, scope } = provider;
  if (useClass === token || scope !== undefined) return { ...bindClass(useClass, scope), token };
  return { token, asks: [useClass], make: (instance) => instance, lifetime: undefined, isAlias: true };
}

/** A class that nobody has provided provides itself. */
export function bindClass(
  type: Class,
  lifetime: Lifetime | undefined = metadata.injectable.read(type)?.scope,
): Binding {
  const make = (...dependencies: unknown[]): unknown => new type(...(dependencies as never[]));
  return { token: type, asks: readConstructorTypes(type), make, lifetime, type };
}

/** How messages call it. */
export function nameBinding({ token }: Binding): string {
  return nameToken(token);
}
