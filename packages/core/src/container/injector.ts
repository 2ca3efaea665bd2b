import { ConfigurationError, type ConfigurationProblem } from '../configuration/configuration-error';
import { Problems } from '../configuration/problems';
import type { Class } from '../http/class';
import { Context } from '../http/context';
import { nameToken, type Token } from '../metadata/token';
import { nameBinding, type Binding } from './binding';
import { checkDependencies, type CheckedBinding } from './check-dependencies';
import type { InstanceSource, Made, UseInRequest } from './container';
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

  constructor(readonly bound: ReadonlyMap<Token, Binding>) {}

  resolve<T>(token: Token<T>): T {
    const name = nameToken(token);
    const { requestPath } = this.check(token);
    if (requestPath.length > 0)
      throw new Error(`${name} belongs to a request, so it cannot be resolved outside of one.`);
    const value = this.findSupplier(token)(undefined);
    if (value instanceof Pending)
      throw new Error(`${name} comes from an asynchronous factory, so it cannot be resolved at once.`);
    return value as T;
  }

  findRequestUse(type: Class): UseInRequest | undefined {
    if (this.check(type).requestPath.length === 0) return undefined;
    const supply = this.findSupplier(type);
    return (context, use) => {
      const instance = supply(context);
      return instance instanceof Pending ? instance.use(use) : use(instance);
    };
  }

  async makeProvided(problems: Problems): Promise<void> {
    this.failures = new Map();
    for (const token of this.bound.keys()) {
      try {
        const { lifetime, requestPath } = this.check(token);
        if (lifetime !== 'singleton' || requestPath.length > 0) continue;
        const instance = this.findSupplier(token)(undefined);
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

  private check(token: Token): CheckedBinding {
    const problems = new Problems();
    const checked = this.checked.get(token) ?? checkDependencies(token, this, problems);
    if (checked === undefined) throw new ConfigurationError(problems.list());
    return checked;
  }

  private findSupplier(token: Token): Supplier {
    let supplier = this.suppliers.get(token);
    if (supplier === undefined)
      this.suppliers.set(token, (supplier = this.makeSupplier(this.checked.get(token)!)));
    return supplier;
  }

  private makeSupplier(binding: CheckedBinding): Supplier {
    const dependencies = binding.dependencies.map((token) => this.findSupplier(token));
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
      if (!binding.isExternal) this.made.push({ name: nameBinding(binding), value });
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
