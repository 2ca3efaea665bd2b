import { ConfigurationError } from '../configuration/configuration-error';
import { formatThrown } from '../configuration/format-thrown';
import { ignoreRejection } from '../http/maybe-promise';
import type { AroundStep, InnerStep, Middleware } from '../http/middleware';
import type { RouteInfo } from '../routing/route-info';

/** Makes the `around` of the step of a middleware, which throws ConfigurationError for its mistakes. */
export function makeAround(
  middleware: Middleware,
  { name: place }: RouteInfo,
): (step: InnerStep) => AroundStep | undefined {
  const fail = (what: string): ConfigurationError => {
    const fault = `aroundSteps of ${middleware.name} ${what}`;
    return new ConfigurationError([{ code: 'MIDDLEWARE_INVALID', place, fault, cure: CURE }]);
  };
  return (step) => {
    let around: unknown;
    try {
      around = middleware.aroundSteps!(step);
    } catch (error) {
      throw fail(`threw: ${formatThrown(error)}`);
    }
    if (around === undefined || typeof around === 'function') return around as AroundStep | undefined;
    ignoreRejection(around);
    throw fail('returned neither a function nor undefined.');
  };
}

const CURE = 'Return (context, run) => …, which calls run() and returns its value, or undefined.';
