import type { ConfigurationProblem } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import type { RoutePlan } from '../plan';
import type { MiddlewareStep } from '../steps';

/** Parameters, marks and middleware may need a middleware, or stand outside one: else the route refuses to start. */
export function checkNeeds({ info, steps }: RoutePlan, problems: Problems): void {
  const middleware = steps.filter((step) => step.kind === 'middleware');
  for (const [index, { name, needs, outside }] of middleware.entries()) {
    const outer = middleware.slice(0, index);
    const tooFarOut = outer.find((step) => outside !== undefined && isOf(step, outside));
    if (tooFarOut !== undefined) problems.include(wrongOrder(info.name, name, tooFarOut.name));
    if (needs !== undefined && !isProvided(needs, outer))
      problems.include(missing(info.name, `The middleware ${name} needs`, needs, 'runs outside it'));
  }
  for (const mark of info.marks.list()) {
    const needs = typeof mark.needs === 'function' ? mark.needs(info.marks) : mark.needs;
    if (needs !== undefined && !isProvided(needs, middleware))
      problems.include(missing(info.name, `The mark ${mark.name} needs`, needs, 'runs on the route'));
  }
  for (const step of steps) {
    if (step.kind !== 'handler') continue;
    for (const [index, { name, needs }] of step.arguments.entries()) {
      if (needs !== undefined && !isProvided(needs, middleware))
        problems.include(
          missing(`${info.name}, parameter ${index}`, `@${name} needs`, needs, 'runs on the route'),
        );
    }
  }
}

function isProvided(needs: string, middleware: readonly MiddlewareStep[]): boolean {
  return middleware.some((step) => isOf(step, needs));
}

function isOf({ name, provides }: MiddlewareStep, word: string): boolean {
  return name === word || (provides?.includes(word) ?? false);
}

function wrongOrder(place: string, inner: string, outer: string): ConfigurationProblem {
  const fault = `The middleware ${inner} stands inside ${outer}, and there it can do nothing.`;
  const cure = `Put ${inner} before ${outer}: first = outermost, and the application is outside its controllers.`;
  return { code: 'MIDDLEWARE_ORDER', place, fault, cure };
}

function missing(place: string, who: string, needs: string, where: string): ConfigurationProblem {
  const fault = `${who} ${needs}, and no middleware of that name, or that provides it, ${where}.`;
  const cure = `Add one to the middleware of createApp, or with @UseMiddleware to the controller or method.`;
  return { code: 'MIDDLEWARE_MISSING', place, fault, cure };
}
