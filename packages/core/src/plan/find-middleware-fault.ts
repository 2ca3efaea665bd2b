import type { Fault } from '../configuration/configuration-error';
import { explainGiven, findOtherList, nameValue } from '../configuration/given-value';
import { isWrittenAsClass } from '../http/class';
import type { Middleware, MiddlewareClass } from '../http/middleware';
import { MIDDLEWARE_LAYERS } from '../http/order/middleware-layer';

/** Answers whether a value is a class whose instances are middleware. */
export function isMiddlewareClass(value: unknown): value is MiddlewareClass {
  return (
    typeof value === 'function' &&
    typeof (value.prototype as { handle?: unknown } | undefined)?.handle === 'function'
  );
}

/** Finds the reason why a value is not a middleware; undefined where it is one. */
export function findMiddlewareFault(like: unknown): Fault | undefined {
  if (isMiddlewareClass(like)) {
    const { handle } = like.prototype as Pick<Middleware, 'handle'>;
    return findForeign(`handle of ${like.name}`, handle);
  }
  return typeof like === 'function' ? findFunctionFault(like) : findObjectFault(like);
}

interface Named {
  readonly name: string;
  readonly length: number;
}

function findFunctionFault(like: Named): Fault | undefined {
  const name = like.name || 'The function';
  if (isWrittenAsClass(like)) {
    return {
      fault: `The class ${name} has no handle method.`,
      cure: 'Add handle(context, next) { … } to it.',
    };
  }
  if (like.length >= 2) return findForeign(name, like);
  const count = like.length === 1 ? '1 parameter' : 'no parameters';
  const called = like.name || '…';
  return {
    fault: `${name} takes ${count}, but a middleware function takes two: (context, next).`,
    cure: `If it makes a middleware, call it: ${called}({ … }). If it only looks at the context, write guard(${called}).`,
  };
}

/** Finds a function that is written for another framework. */
function findForeign(name: string, { length }: { readonly length: number }): Fault | undefined {
  if (length < 3) return undefined;
  return {
    fault: `${name} takes ${length} parameters, as a middleware of Express does, but a middleware takes two: (context, next).`,
    cure:
      length === 3
        ? 'Use the package of Sluice that does the same, or write it again with context.request and context.response.'
        : 'Write an error handler: errorHandlers: [{ error: Error, handle: (error, context) => … }].',
  };
}

function findObjectFault(like: unknown): Fault | undefined {
  const { handle, name, prepare, aroundSteps } = (like ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof handle !== 'function') {
    const cure = 'Pass an object or a class with handle(context, next), or a function (context, next) => ….';
    return {
      fault: `${nameValue(like)} is not a middleware.`,
      cure: findOtherList(like) ?? explainGiven(cure, like),
    };
  }
  if (typeof name !== 'string' || name === '') {
    return {
      fault: 'The middleware object has no name.',
      cure: "Add name: 'what-it-does' to it, for the plan and the logs.",
    };
  }
  if (prepare !== undefined && typeof prepare !== 'function') {
    return {
      fault: `prepare of ${name} is not a function.`,
      cure: 'Write prepare(route) { … }, or leave it out.',
    };
  }
  if (aroundSteps !== undefined && typeof aroundSteps !== 'function') {
    return {
      fault: `aroundSteps of ${name} is not a function.`,
      cure: 'Write aroundSteps(step) { … }, or leave it out.',
    };
  }
  return findOrderFault(name, like as Partial<Middleware>) ?? findForeign(`handle of ${name}`, handle);
}

/** Finds what a typing mistake makes of the members about the order: a check that never fails. */
export function findOrderFault(
  name: string,
  { layer, outside, inside }: Partial<Middleware>,
): Fault | undefined {
  if (layer !== undefined && !MIDDLEWARE_LAYERS.includes(layer))
    return {
      fault: `layer of ${name} is ${JSON.stringify(layer)}, which is not a layer.`,
      cure: `Write one of ${MIDDLEWARE_LAYERS.join(', ')}.`,
    };
  for (const [member, words] of Object.entries({ outside, inside }))
    if (words !== undefined && ![words].flat().every((word) => typeof word === 'string' && word !== ''))
      return {
        fault: `${member} of ${name} is not a name or a list of names.`,
        cure: `Write ${member}: 'guard', or ${member}: ['guard', 'session'].`,
      };
  return undefined;
}
