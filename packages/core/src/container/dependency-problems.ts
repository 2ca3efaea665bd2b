import {
  ConfigurationError,
  type ConfigurationProblem,
  type Fault,
} from '../configuration/configuration-error';
import { formatThrown } from '../configuration/format-thrown';
import type { Class } from '../http/class';
import type { Lifetime } from '../metadata/records';
import { isTypedToken, nameToken } from '../http/token';
import { nameBinding, type Binding } from './binding';
import { describeProviding, needsValues } from './needs-values';

/** @param cycle the names on the cycle; the first one is also the last */
export function describeCycle(cycle: readonly string[]): ConfigurationProblem {
  const fault = `The dependencies form a cycle: ${cycle.join(' → ')}.`;
  const cure = 'Move what they share into another class.';
  return { code: 'DEPENDENCY_CYCLE', place: cycle[0]!, fault, cure };
}

export function describeMissingTypes(place: string): ConfigurationProblem {
  const fault = `The constructor of ${place} has parameters, but the compiler emitted no types for them.`;
  const cure =
    'Write @Injectable() before the class. If it has @Injectable or @Controller, the compiler emits no metadata (tsx and esbuild never do): compile with tsc or swc, or write @Inject(token) on each parameter.';
  return { code: 'METADATA_MISSING', place, fault, cure };
}

/**
 * @param path the bindings on the way to the token; the last one depends on it
 * @param index the position of the token among the dependencies of that one
 */
export function describeUnresolved(
  path: readonly Binding[],
  index: number,
  token: unknown,
): ConfigurationProblem {
  const { fault, cure } = explainUnresolved(token, nameSubject(path.at(-1)));
  const needed = path.length > 1 ? ` It is needed by ${path.map(nameBinding).join(' → ')}.` : '';
  return {
    code: 'DEPENDENCY_UNRESOLVED',
    place: nameParameter(path.at(-1), index),
    fault: `${fault}${needed}`,
    cure,
  };
}

function nameSubject(dependent: Binding | undefined): string {
  if (dependent === undefined) return 'It';
  return dependent.type === undefined ? 'The token' : 'Its type';
}

function nameParameter(dependent: Binding | undefined, index: number): string {
  if (dependent === undefined) return 'createApp';
  const parameter = dependent.type === undefined ? `inject ${index}` : `constructor parameter ${index}`;
  return `${nameBinding(dependent)}, ${parameter}`;
}

/** A singleton that keeps something of one request would show it to all other requests. */
export function describeWrongSingleton(place: string, requestPath: readonly string[]): ConfigurationProblem {
  const fault = `It is a singleton, but depends on something that belongs to a request: ${requestPath.join(' → ')}.`;
  const cure =
    "Remove scope: 'singleton', so that it is made for each request, or pass what it needs to its methods.";
  return { code: 'DEPENDENCY_SCOPE', place, fault, cure };
}

/** Only singletons are started and stopped with the application. */
export function describeUnusedHooks(
  place: string,
  decorator: string,
  lifetime: Lifetime,
  requestPath: readonly string[],
): ConfigurationProblem {
  const why = requestPath.length > 1 ? `: ${requestPath.join(' → ')}` : '';
  const when = lifetime === 'request' ? `for each request${why}` : 'each time it is injected';
  const fault = `It has ${decorator}, but is made ${when}.`;
  const cure =
    'Move these methods to a singleton that it depends on. To clean up after a request, write a Symbol.dispose method.';
  return { code: 'DEPENDENCY_SCOPE', place, fault, cure };
}

/** The problems of an instance that could not be made: those of a ConfigurationError, else one with what was thrown. */
export function describeFailed(place: string, error: unknown): readonly ConfigurationProblem[] {
  if (error instanceof ConfigurationError) return error.problems;
  const fault = `${place} could not be created: ${formatThrown(error)}`;
  const cure = 'Fix its constructor or factory, or provide what it needs.';
  return [{ code: 'DEPENDENCY_FAILED', place, fault, cure }];
}

function explainUnresolved(token: unknown, subject: string): Fault {
  if (token === undefined) {
    const fault = `${subject} is undefined, because two files import each other and this one is loaded first.`;
    const other = subject === 'Its type' ? 'write @Inject(token)' : 'move the token into a third file';
    return { fault, cure: `Remove the import cycle, or ${other}.` };
  }
  if (token === Object) {
    const fault =
      'Its type is an interface, or is imported with `import type`, so it does not exist at run time.';
    return { fault, cure: 'Write @Inject(token) and provide the token, or import the class without `type`.' };
  }
  if (typeof token === 'function' && needsValues(token as Class)) {
    const fault = `${subject} is ${token.name}, which has validation rules and no provider: its values come from outside.`;
    return { fault, cure: `Add to the providers ${describeProviding(token as Class)}.` };
  }
  if (typeof token === 'function') {
    const fault = `${subject} is ${token.name}, which the container cannot construct.`;
    return { fault, cure: 'Write @Inject(token) and add { token, useValue: … } to the providers.' };
  }
  if (isTypedToken(token) || typeof token === 'string' || typeof token === 'symbol') {
    const fault = `The token ${nameToken(token)} has no provider.`;
    const isPath = typeof token === 'string' && token.startsWith('/');
    const route = isPath ? ` For a route, write @Get('${token}') on a method of a controller.` : '';
    return { fault, cure: `Add { token, useValue | useClass | useFactory } to the providers.${route}` };
  }
  const fault = `A value of type ${typeof token} is not a token.`;
  return { fault, cure: 'Use a class, a string, a symbol or the result of token().' };
}
