import { serviceUnavailable, type Context, type HttpError, type Middleware, type Next } from '@sluice/core';
import { Pressure, type Level } from './pressure';
import { readPriority } from './priority';
import { Sampler } from './sampler';
import { checkUnderPressureOptions, type UnderPressureOptions } from './under-pressure-options';

/**
 * Answers 503 while the process is overloaded: its event loop is late, it has too much memory, or too many requests are
 * in flight. `@Priority` decides which routes are refused last. It measures nothing until the first request.
 *
 * @throws ConfigurationError when an option is unknown or invalid, or none of them is a limit
 * @example underPressure({ maxEventLoopDelayMs: 200, maxInFlight: 1000 })
 */
export function underPressure(options: UnderPressureOptions): Middleware {
  checkUnderPressureOptions(options);
  const { sampleMs = 500, retryAfter = 5, ...limits } = options;
  const pressure = new Pressure(limits);
  const isSampled =
    limits.maxEventLoopDelayMs !== undefined ||
    limits.maxHeapBytes !== undefined ||
    limits.maxRssBytes !== undefined;
  const sampler = isSampled ? new Sampler(pressure, limits, sampleMs) : undefined;
  const isCounted = limits.maxInFlight !== undefined;
  const leave = (): void => void (pressure.inFlight -= 1);

  function enter(context: Context): void {
    if (!isCounted) return;
    pressure.inFlight += 1;
    context.onResponseEnd(leave);
  }

  function handle(context: Context, next: Next, level: Level): unknown {
    sampler?.wake(context);
    if (pressure.refuses(level)) return refuse(retryAfter);
    enter(context);
    return next();
  }

  const shared = {
    name: 'underPressure',
    layer: 'limit',
    options: Object.freeze({ ...limits, sampleMs, retryAfter }),
  } as const;
  return {
    ...shared,
    describes: {
      statuses: {
        503: {
          description: 'The server has too much to do.',
          headers: { 'Retry-After': { type: 'integer', description: 'Seconds until the next attempt.' } },
        },
      },
    },
    prepare(route) {
      const level = readPriority(route);
      if (level === 'always') return null;
      return { ...this, handle: (context, next) => handle(context, next, level) };
    },
    handle: (context, next) => handle(context, next, 'normal'),
  };
}

function refuse(retryAfter: number): HttpError {
  return serviceUnavailable({
    code: 'under_pressure',
    detail: 'The server has too much to do. Try again later.',
    headers: { 'Retry-After': String(retryAfter) },
    // A line says it all, and stacks would be more work.
    isReported: true,
  });
}
