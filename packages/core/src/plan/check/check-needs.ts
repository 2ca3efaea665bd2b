import type { Fault } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import type { RoutePlan } from '../plan';
import type { MiddlewareStep } from '../steps';

/**
 * Reports parameters, marks and middleware that need a missing middleware, and middleware inside one that disables it.
 *
 * @param expected words that an outer application is going to provide
 */
export function checkNeeds(
  { info, steps }: RoutePlan,
  expected: readonly string[],
  problems: Problems,
): void {
  const isProvided = (word: string, among: readonly MiddlewareStep[]): boolean =>
    expected.includes(word) || among.some((step) => isOf(step, word));
  const middleware = steps.filter((step) => step.kind === 'middleware');
  for (const [index, { name, needs, outside = [], inside = [] }] of middleware.entries()) {
    const outer = middleware.slice(0, index);
    const tooFarOut = outer.find((step) => isOneOf(step, outside));
    if (tooFarOut !== undefined)
      problems.addFault('MIDDLEWARE_ORDER', info.name, describeInner(name, tooFarOut));
    const tooFarIn = middleware.slice(index + 1).find((step) => isOneOf(step, inside));
    if (tooFarIn !== undefined)
      problems.addFault('MIDDLEWARE_ORDER', info.name, describeOuter(name, tooFarIn));
    if (needs !== undefined && !isProvided(needs, outer))
      addMissing(info.name, `The middleware ${name} needs`, needs, 'outside it', problems);
  }
  for (const mark of info.marks.list()) {
    const needs = typeof mark.needs === 'function' ? mark.needs(info.marks) : mark.needs;
    if (needs !== undefined && !isProvided(needs, middleware))
      addMissing(info.name, `The mark ${mark.name} needs`, needs, 'on the route', problems);
  }
  for (const step of steps) {
    if (step.kind !== 'handler') continue;
    for (const [index, { name, needs }] of step.arguments.entries()) {
      if (needs === undefined || isProvided(needs, middleware)) continue;
      addMissing(`${info.name}, parameter ${index}`, `@${name} needs`, needs, 'on the route', problems);
    }
  }
}

function isOf({ name, provides }: MiddlewareStep, word: string): boolean {
  return name === word || (provides?.includes(word) ?? false);
}

function isOneOf(step: MiddlewareStep, words: readonly string[]): boolean {
  return words.some((word) => isOf(step, word));
}

function describeInner(name: string, outer: MiddlewareStep): Fault {
  return {
    fault: `The middleware ${name} runs inside ${outer.name}, but works only outside it.`,
    cure: writeOrderCure(name, outer.name, name),
  };
}

function describeOuter(name: string, inner: MiddlewareStep): Fault {
  return {
    fault: `The middleware ${name} runs outside ${inner.name}, but works only inside it.`,
    cure: writeOrderCure(inner.name, name, name),
  };
}

function writeOrderCure(first: string, second: string, declaring: string): string {
  return `Put ${first} before ${second}. The first middleware is the outermost; the application's runs outside a controller's. If this order is on purpose, write inAnyOrder(${declaring}(…)).`;
}

function addMissing(place: string, who: string, needs: string, where: string, problems: Problems): void {
  const fault = `${who} "${needs}", but no middleware ${where} has that name or provides it.`;
  const cure = 'Add the middleware to createApp, or to the controller or method with @UseMiddleware.';
  problems.add('MIDDLEWARE_MISSING', place, fault, cure);
}
