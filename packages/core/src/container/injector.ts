import { ConfigurationError, type ConfigurationProblem } from '../configuration/configuration-error';
import { Problems } from '../configuration/problems';
import { Context } from '../http/context';
import { nameToken, token, type Token } from '../http/token';
import { bindProvider, nameBinding, type Binding } from './binding';
import { checkDependencies, type CheckedBinding } from './check-dependencies';
import type { InstanceSource, Made, NamelessFactory, UseInRequest } from './container';
import { describeFailed } from './dependency-problems';
import { Pending } from './pending';
import { findInRequest } from './request-instances';

/** Returns the instance of a token, which may be Pending, and makes it if necessary. The context is undefined outside of requests. */
type Supplier = (context: Context | undefined) => unknown;

/** The built-in container. It checks everything that a token depends on before it makes any of it. */
export class Injector implements InstanceSource {
  readonly made: Made[] = [];
  readonly checked = new Map<Token, CheckedBinding>();
  readonly refused = new Map<Token, readonly ConfigurationProblem[]>();
  /** The failures of the present attempt to start: dependents report the same one and do not try again. */
  private failures: Map<Token, ConfigurationError> | undefined;
  private readonly suppliers = new Map<Token, Supplier>([[Context, (context) => context]]);
  /** The values of `made`. */
  private readonly instances = new Set<unknown>();

  private readonly names = new Map<NamelessFactory, Token>();

  constructor(readonly bound: Map<Token, Binding>) {}

  nameFactory(factory: NamelessFactory, name: string): Token {
    let named = this.names.get(factory);
    if (named === undefined) {
      this.names.set(factory, (named = token(name)));
      this.bound.set(named, bindProvider({ token: named, ...factory }));
    }
    return named;
  }

  resolve<T>(asked: Token<T>): T {
    const name = nameToken(asked);
    const { requestPath } = this.check(asked);
    if (requestPath.length > 0)
      throw new Error(`${name} belongs to a request, so it cannot be resolved outside of one.`);
    const value = this.findSupplier(asked)(undefined);
    if (value instanceof Pending)
      throw new Error(`${name} comes from an asynchronous factory, so it cannot be resolved at once.`);
    return value as T;
  }

  findRequestUse(asked: Token): UseInRequest | undefined {
    if (this.check(asked).requestPath.length === 0) return undefined;
    const supply = this.findSupplier(asked);
    return (context, use) => {
      const instance = supply(context);
      return instance instanceof Pending ? instance.use(use) : use(instance);
    };
  }

  async makeProvided(problems: Problems): Promise<void> {
    this.failures = new Map();
    for (const provided of this.bound.keys()) {
      try {
        const { lifetime, requestPath } = this.check(provided);
        if (lifetime !== 'singleton' || requestPath.length > 0) continue;
        const instance = this.findSupplier(provided)(undefined);
        if (instance instanceof Pending) await instance.use(() => undefined);
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        problems.include(...error.problems);
      }
    }
  }

  endAttempt(): void {
    this.failures = undefined;
  }

  private check(asked: Token): CheckedBinding {
    const problems = new Problems();
    const checked = this.checked.get(asked) ?? checkDependencies(asked, this, problems);
    if (checked === undefined) throw new ConfigurationError(problems.list());
    return checked;
  }

  private findSupplier(asked: Token): Supplier {
    let supplier = this.suppliers.get(asked);
    if (supplier === undefined)
      this.suppliers.set(asked, (supplier = this.makeSupplier(this.checked.get(asked)!)));
    return supplier;
  }

  private makeSupplier(binding: CheckedBinding): Supplier {
    const dependencies = binding.dependencies.map((needed) => this.findSupplier(needed));
    if (binding.isAlias) return dependencies[0]!;
    const make: Supplier = (context) => makeInstance(binding, dependencies, context);
    if (binding.lifetime === 'transient') return make;
    if (binding.lifetime === 'request')
      return (context) => findInRequest(context!, binding.token, () => make(context));
    return this.makeOnce(binding, make);
  }

  /** A failure here keeps the application from starting, so it becomes a ConfigurationError. It is not kept. */
  private makeOnce(binding: CheckedBinding, make: Supplier): Supplier {
    let kept: { readonly value: unknown } | undefined;
    const keep = (value: unknown): unknown => {
      const external = binding.isExternal && { isExternal: binding.isExternal };
      // A factory can return an instance that has another token already. It starts once, and its methods run once.
      if (!this.instances.has(value)) this.made.push({ name: nameBinding(binding), value, ...external });
      this.instances.add(value);
      kept = { value };
      return value;
    };
    const fail = (error: unknown): never => {
      kept = undefined;
      const failure = new ConfigurationError(describeFailed(nameBinding(binding), error));
      this.failures?.set(binding.token, failure);
      throw failure;
    };
    const makeFirst = (): unknown => {
      try {
        return make(undefined);
      } catch (error) {
        return fail(error);
      }
    };
    return () => {
      if (kept !== undefined) return kept.value;
      const failure = this.failures?.get(binding.token);
      if (failure !== undefined) throw failure;
      const value = makeFirst();
      if (!(value instanceof Pending)) return keep(value);
      kept = { value: value.map(keep).catch(fail) };
      return kept.value;
    };
  }
}

function makeInstance(
  { make }: CheckedBinding,
  dependencies: readonly Supplier[],
  context: Context | undefined,
): unknown {
  const values = dependencies.map((supply) => supply(context));
  const isReady = !values.some((value) => value instanceof Pending);
  return isReady ? make(...values) : Pending.all(values).map((ready) => make(...(ready as unknown[])));
}
