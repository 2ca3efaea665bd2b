import type { Fault } from '../configuration/configuration-error';
import type { Problems } from '../configuration/problems';
import type { Middleware } from '../http/middleware';
import type { RouteMiddleware, ScopedMiddleware, SkippedMiddleware } from './plan-input';

/**
 * Chooses the middleware that runs on a route: without those that a `@SkipMiddleware` further in leaves out, and of a
 * kind that replaces only the innermost. Pure.
 *
 * @param expected words that an outer application is going to provide
 */
export function chooseMiddleware(
  given: readonly RouteMiddleware[],
  expected: readonly string[],
  problems: Problems,
): ScopedMiddleware[] {
  const chosen: ScopedMiddleware[] = [];
  for (const one of given) {
    if ('skip' in one) skip(chosen, one, expected, problems);
    else chosen.push(one);
  }
  return chosen.filter(
    ({ middleware }, index) =>
      middleware.replaces !== true ||
      !chosen.slice(index + 1).some((inner) => inner.middleware.name === middleware.name),
  );
}

function skip(
  chosen: ScopedMiddleware[],
  { skip: name, place }: SkippedMiddleware,
  expected: readonly string[],
  problems: Problems,
): void {
  const found = chosen.filter(({ middleware }) => isNamed(middleware, name));
  const exemptBy = found.find(({ middleware }) => middleware.exemptBy !== undefined)?.middleware.exemptBy;
  if (found.some(({ middleware }) => middleware.provides?.includes('guard')))
    problems.addFault('SKIP_INVALID', place, describeGuard(String(name)));
  else if (exemptBy !== undefined)
    problems.addFault('SKIP_INVALID', place, describeProtection(String(name), exemptBy));
  else if (found.length === 0 && !expected.includes(String(name)))
    problems.addFault('SKIP_INVALID', place, describeUnknown(name, chosen));
  else for (const one of found) chosen.splice(chosen.indexOf(one), 1);
}

function isNamed({ name }: Middleware, wanted: unknown): boolean {
  return typeof wanted === 'string' && toCamelCase(name) === toCamelCase(wanted);
}

/** A middleware is named after its factory (`rateLimit`), and its package the same in another way (`rate-limit`). */
function toCamelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function describeUnknown(name: unknown, chosen: readonly ScopedMiddleware[]): Fault {
  const names = [...new Set(chosen.map(({ middleware }) => middleware.name))];
  return {
    fault: `${JSON.stringify(name) ?? String(name)} is left out, but no middleware further out has that name.`,
    cure:
      names.length === 0
        ? 'Remove the name: no middleware is further out.'
        : `Write one of the names that are further out: ${names.join(', ')}. Or remove this one.`,
  };
}

function describeGuard(name: string): Fault {
  return {
    fault: `${name} cannot be left out, because it is a guard: it decides who may pass.`,
    cure: 'Give the guard to the controllers that need it, or use the decorator of the guard itself: @Public() for those of @sluice/auth.',
  };
}

function describeProtection(name: string, exemptBy: string): Fault {
  return {
    fault: `${name} cannot be left out, because it protects the route.`,
    cure: `Write ${exemptBy} on the routes that need no protection.`,
  };
}
