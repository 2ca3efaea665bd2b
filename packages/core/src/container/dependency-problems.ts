import {
  ConfigurationError,
  type ConfigurationProblem,
  type Fault,
} from '../configuration/configuration-error';
import { formatThrown } from '../configuration/format-thrown';
import type { Lifetime } from '../metadata/records';
import { isTypedToken, nameToken } from '../metadata/token';
import { nameBinding, type Binding } from './binding';

export function describeCycle(circle: readonly string[]): ConfigurationProblem {
  const fault = `The classes depend on one another in a circle: ${circle.join(' → ')}.`;
  return {
    code: 'DEPENDENCY_CYCLE',
    place: circle[0]!,
    fault,
    cure: 'Move what both need into a third class.',
  };
}

export function describeMissingTypes(place: string): ConfigurationProblem {
  const fault = `The constructor of ${place} has parameters, and the compiler emitted no types for them.`;
  const cure =
    'Write @Injectable() before the class; if it is there (or @Controller is), your compiler emits no metadata (tsx and esbuild do not): use tsc or swc, or @Inject(token) on each parameter.';
  return { code: 'METADATA_MISSING', place, fault, cure };
}

/** @param path everything on the way to what asks, which is last */
export function describeUnresolved(
  path: readonly Binding[],
  index: number,
  asked: unknown,
): ConfigurationProblem {
  const asking = path.at(-1);
  const position = asking?.type === undefined ? `inject ${index}` : `constructor parameter ${index}`;
  const needed = path.length > 1 ? ` It is needed by ${path.map(nameBinding).join(' → ')}.` : '';
  const { fault, cure } = explain(asked);
  return {
    code: 'DEPENDENCY_UNRESOLVED',
    place: asking === undefined ? 'createApp' : `${nameBinding(asking)}, ${position}`,
    fault: `${fault}${needed}`,
    cure,
  };
}

/** A singleton that holds something of one request would show it to all others. */
export function describeOutlived(place: string, path: readonly string[]): ConfigurationProblem {
  const fault = `It is a singleton and depends on what belongs to one request: ${path.join(' → ')}.`;
  const cure =
    "Take scope: 'singleton' away: it is then made for each request. Or hand what it needs to its methods.";
  return { code: 'DEPENDENCY_SCOPE', place, fault, cure };
}

export function describeUnended(
  place: string,
  lifetime: Lifetime,
  path: readonly string[],
): ConfigurationProblem {
  const why = path.length > 1 ? `: ${path.join(' → ')}` : '';
  const when = lifetime === 'request' ? `for each request${why}` : 'for each that asks for it';
  const fault = `It has @OnStart or @OnStop and is made ${when}.`;
  const cure =
    'Move them to a singleton that it depends on; what is made for a request ends with Symbol.dispose.';
  return { code: 'DEPENDENCY_SCOPE', place, fault, cure };
}

/** What keeps something from being made: the mistakes that were told, else what was thrown. */
export function describeFailed(place: string, error: unknown): readonly ConfigurationProblem[] {
  if (error instanceof ConfigurationError) return error.problems;
  const fault = `${place} can not be constructed: ${formatThrown(error)}`;
  const cure = 'Mend its constructor, or provide what it needs.';
  return [{ code: 'DEPENDENCY_FAILED', place, fault, cure }];
}

function explain(asked: unknown): Fault {
  if (asked === undefined) {
    const fault = 'Its type is undefined: two files import one another, and this one came first.';
    return { fault, cure: 'Break the circle between the files, or write @Inject(token).' };
  }
  if (asked === Object) {
    const fault =
      'Its type is an interface, or was imported with `import type`, so nothing is left of it at run time.';
    return { fault, cure: 'Write @Inject(token) and provide the token, or import the class without `type`.' };
  }
  if (typeof asked === 'function') {
    const fault = `Its type is ${asked.name}, which nobody can construct in a useful way.`;
    return { fault, cure: 'Write @Inject(token) and add { token, useValue: … } to the providers.' };
  }
  const isToken = isTypedToken(asked) || typeof asked === 'string' || typeof asked === 'symbol';
  const name = isToken ? nameToken(asked) : typeof asked;
  const cure = 'Add { token, useValue | useClass | useFactory } to the providers.';
  return { fault: `Nothing is provided for the token ${name}.`, cure };
}
