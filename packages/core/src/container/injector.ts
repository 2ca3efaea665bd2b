import { Context } from '../http/context';
import { ConfigurationError } from '../configuration/configuration-error';
import { Problems } from '../configuration/problems';
import { isPromise, type MaybePromise } from '../http/maybe-promise';
import type { Class } from '../http/class';
import type { Token } from '../metadata/token';
import { nameBinding, type Binding } from './binding';
import { checkDependencies, type CheckedBinding } from './check-dependencies';
import type { InstanceSource, Made, MakeForRequest } from './container';
import { describeFailed } from './dependency-problems';
import { findInRequest } from './request-instances';

/** Gives what a binding stands for; without a context where it belongs to no request. */
type Obtain = (context: Context | undefined) => MaybePromise<unknown>;

/** The built-in container: checks what a token depends on before anything of it is made, then makes it as it is bound. */
export class Injector implements InstanceSource {
  readonly made: Made[] = [];
  readonly checked = new Map<Token, CheckedBinding>();
  private readonly obtainers = new Map<Token, Obtain>([[Context, (context) => context]]);

  /** @param bound what was said of tokens; classes need nothing said */
  constructor(readonly bound: ReadonlyMap<Token, Binding>) {}

  resolve<T>(token: Token<T>): T {
    const { requestPath } = this.check(token);
    const value = requestPath.length === 0 ? this.findObtainer(token)(undefined) : undefined;
    if (requestPath.length === 0 && !isPromise(value)) return value as T;
    const why = isPromise(value) ? 'is made by a factory that makes promises' : 'belongs to a request';
    throw new Error(`It ${why}, and was asked for outside of one.`);
  }

  findRequestMaker(type: Class): MakeForRequest | undefined {
    return this.check(type).requestPath.length === 0 ? undefined : this.findObtainer(type);
  }

  async makeProvided(problems: Problems): Promise<void> {
    for (const token of this.bound.keys()) {
      try {
        const { lifetime, requestPath } = this.check(token);
        if (lifetime === 'singleton' && requestPath.length === 0) await this.findObtainer(token)(undefined);
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        problems.include(...error.problems);
      }
    }
  }

  private check(token: Token): CheckedBinding {
    const problems = new Problems();
    const checked = this.checked.get(token) ?? checkDependencies(token, this, problems);
    if (checked === undefined) throw new ConfigurationError(problems.list());
    return checked;
  }

  private findObtainer(token: Token): Obtain {
    let obtain = this.obtainers.get(token);
    if (obtain === undefined)
      this.obtainers.set(token, (obtain = this.makeObtainer(this.checked.get(token)!)));
    return obtain;
  }

  private makeObtainer(binding: CheckedBinding): Obtain {
    const dependencies = binding.asks.map((asked) => this.findObtainer(asked));
    if (binding.isAlias) return dependencies[0]!;
    const construct: Obtain = (context) => constructWith(binding, dependencies, context);
    if (binding.lifetime === 'transient') return construct;
    if (binding.lifetime === 'request')
      return (context) => findInRequest(context!, binding.token, () => construct(context));
    return this.keep(binding, construct);
  }

  private keep(binding: CheckedBinding, construct: Obtain): Obtain {
    let kept: { value: MaybePromise<unknown> } | undefined;
    const note = (value: unknown): unknown => {
      if (!binding.isGiven) this.made.push({ name: nameBinding(binding), value });
      kept = { value };
      return value;
    };
    return () => {
      if (kept !== undefined) return kept.value;
      const value = constructAtStart(binding, construct);
      if (!isPromise(value)) return note(value);
      kept = { value: value.then(note) };
      return kept.value;
    };
  }
}

function constructWith(
  { make }: CheckedBinding,
  dependencies: readonly Obtain[],
  context: Context | undefined,
): MaybePromise<unknown> {
  const values = dependencies.map((obtain) => obtain(context));
  return values.some(isPromise) ? Promise.all(values).then((settled) => make(...settled)) : make(...values);
}

/** What fails here keeps the application from starting, and is told like every other mistake. */
function constructAtStart(binding: CheckedBinding, construct: Obtain): MaybePromise<unknown> {
  const fail = (error: unknown): never => {
    throw new ConfigurationError(describeFailed(nameBinding(binding), error));
  };
  try {
    const value = construct(undefined);
    return isPromise(value) ? Promise.resolve(value).catch(fail) : value;
  } catch (error) {
    return fail(error);
  }
}
