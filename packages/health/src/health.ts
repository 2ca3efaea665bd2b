import {
  isPromise,
  json,
  type Context,
  type Logger,
  type MaybePromise,
  type Middleware,
  type PlainRoute,
  type Reply,
} from '@sluice/core';
import { formatThrown } from '@sluice/core/kit';
import { RunningCheck, type CheckResult } from './health-check';
import { checkHealthOptions, type HealthOptions } from './health-options';

/**
 * Makes two routes: one that answers 200 while the process runs, and one that answers 200 while the application serves
 * and no check fails, optional ones aside, else 503.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 * @example createApp({ routes: health({ checks: { database: () => database.query('select 1') } }) })
 */
export function health(options: HealthOptions = {}): PlainRoute[] {
  checkHealthOptions(options);
  const { livePath = '/livez', readyPath = '/readyz', middleware = [], skipMiddleware = [] } = options;
  const readiness = new Readiness(options);
  const shared = { method: 'GET', middleware: [...middleware, UNSTORED], skipMiddleware } as const;
  return [
    { ...shared, path: livePath, name: 'health.live', handler: () => ({ status: 'up' }) },
    { ...shared, path: readyPath, name: 'health.ready', handler: (context) => readiness.answer(context) },
  ];
}

const NOT_READY = 'The application is not ready for requests.';

/** A stored answer says nothing about now. */
const UNSTORED: Middleware = {
  name: 'health',
  describes: ({ name }) =>
    name === 'health.ready'
      ? { statuses: { 503: { description: NOT_READY, mediaType: 'application/json' } } }
      : undefined,
  handle({ response }, next) {
    response.headers.set('Cache-Control', 'no-store');
    return next();
  },
};

class Readiness {
  private readonly checks: readonly RunningCheck[];
  private logger: Logger | undefined;

  constructor(private readonly options: HealthOptions) {
    const { checks = {}, timeoutMs = 800, cacheMs = 1000 } = options;
    this.checks = Object.entries(checks).map(([name, given]) => {
      const own = typeof given === 'function' ? { check: given } : given;
      const times = { timeoutMs: own.timeoutMs ?? timeoutMs, cacheMs: own.cacheMs ?? cacheMs };
      const settled = { check: own.check, ...times, optional: own.optional ?? false };
      return new RunningCheck(name, settled, (result) => this.log(name, result));
    });
  }

  answer({ app }: Context): MaybePromise<Reply> {
    this.logger = app.logger;
    const phase = this.options.of?.phase ?? app.phase;
    if (phase !== 'serving') return json({ status: phase }, { status: 503 });
    const results = this.checks.map((check) => check.ask());
    return results.every(isKnown) ? this.describe(results) : this.describeLater(results);
  }

  private async describeLater(results: readonly MaybePromise<CheckResult>[]): Promise<Reply> {
    const settled: CheckResult[] = [];
    // None of them rejects, and all of them run already.
    for (const result of results) settled.push(await result);
    return this.describe(settled);
  }

  private describe(results: readonly CheckResult[]): Reply {
    const hasFailed = (_: unknown, index: number): boolean => results[index]!.status !== 'up';
    const failed = this.checks.filter(hasFailed);
    const isReady = failed.every(({ isOptional }) => isOptional);
    const status = !isReady ? 'down' : failed.length > 0 ? 'degraded' : 'up';
    const entries = this.checks.map(({ name }, index) => [name, this.show(results[index]!)] as const);
    const body = entries.length === 0 ? { status } : { status, checks: Object.fromEntries(entries) };
    return json(body, { status: isReady ? 200 : 503 });
  }

  private show({ status, error }: CheckResult): { readonly status: string; readonly error?: string } {
    if (this.options.showErrors !== true || error === undefined) return { status };
    return { status, error: formatThrown(error) };
  }

  /** Once for each change: who asks does it every few seconds. */
  private log(name: string, { status, error }: CheckResult): void {
    const what = `The health check ${JSON.stringify(name)}`;
    if (status === 'up') this.logger?.info(`${what} passes again`);
    else if (error !== undefined) this.logger?.error(error, `${what} failed`);
    else this.logger?.warn(`${what} ${status === 'timeout' ? 'did not finish in time' : 'failed'}`);
  }
}

function isKnown(result: MaybePromise<CheckResult>): result is CheckResult {
  return !isPromise(result);
}
