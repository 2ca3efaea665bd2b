import { afterwards, HttpError, type Middleware } from '@sluice/core';
import type { Metrics } from '@sluice/metrics';

/** Counts the requests that `underPressure` refuses: a metric of one's own. */
export function countRefusals(meters: Metrics): Middleware {
  const refused = meters.counter('under_pressure_refusals_total', {
    help: 'Requests that were refused because the process had too much to do.',
  });
  return {
    name: 'countRefusals',
    handle(context, next) {
      return afterwards(next(), () => {
        if (context.error instanceof HttpError && context.error.code === 'under_pressure') refused.add(1);
      });
    },
  };
}
