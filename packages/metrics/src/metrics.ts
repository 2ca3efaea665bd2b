import type { Middleware, PlainRoute, Service } from '@sluice/core';
import { Exposition } from './exposition';
import type { Combine } from './family';
import { FamilyStore } from './family-store';
import { ForeignNumbers } from './foreign-numbers';
import {
  FamilyCounter,
  FamilyGauge,
  FamilyHistogram,
  type Counter,
  type Gauge,
  type GaugeOptions,
  type Histogram,
  type HistogramOptions,
  type InstrumentOptions,
} from './instruments';
import { makeListener, type MetricsListenerOptions } from './metrics-listener';
import { checkInstrument, checkMetricsOptions, type MetricsOptions } from './metrics-options';
import { makeRoutes, type MetricsRoutesOptions } from './metrics-routes';
import { addProcessNumbers } from './process-numbers';
import { makeRequestFamilies, SECONDS } from './request-families';
import { RequestMeter } from './request-meter';

/** The middleware that counts requests, the ways to read the numbers, and metrics of your own. */
export interface Metrics extends Middleware {
  /**
   * The route that answers with all metrics. Without `middleware`, and without a guard of the application, everybody
   * can read it, and the log warns of it.
   *
   * @throws ConfigurationError when an option is unknown or invalid
   * @example createApp({ middleware: [meters], routes: meters.routes({ middleware: [ipFilter({ allow: ['private'] })] }) })
   */
  routes(options?: MetricsRoutesOptions): PlainRoute[];
  /**
   * The service that answers with all metrics on a port of its own, 127.0.0.1:9464 by default.
   *
   * @throws ConfigurationError when an option is unknown or invalid
   * @example createApp({ middleware: [meters], services: [meters.listener({ host: '0.0.0.0' })] })
   */
  listener(options?: MetricsListenerOptions): Service;
  /** The text of all metrics, with those of all workers. Rejects when the supervisor of the workers does not answer. */
  read(): Promise<string>;
  /**
   * Makes a counter. Its name usually ends in `_total`.
   *
   * @throws ConfigurationError when an option is unknown, missing or invalid, or the name is invalid or taken
   * @example const orders = meters.counter('orders_total', { help: 'Orders.', labels: ['kind'] }); orders.add(1, { kind: 'book' });
   */
  counter<const Label extends string = never>(
    name: string,
    options: InstrumentOptions<Label>,
  ): Counter<Label>;
  /** Makes a gauge: a number that rises and falls, such as the length of a queue. Throws as `counter` does. */
  gauge<const Label extends string = never>(name: string, options: GaugeOptions<Label>): Gauge<Label>;
  /** Makes a histogram. Its name usually ends in its unit: `_seconds`. Throws as `counter` does. */
  histogram<const Label extends string = never>(
    name: string,
    options: HistogramOptions<Label>,
  ): Histogram<Label>;
}

/**
 * Counts every request by method, route and status, with its duration to the end of the response, under the names of
 * OpenTelemetry. The text is that of Prometheus. With several workers any of them answers with the sum of all.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 * @example const meters = metrics(); createApp({ middleware: [meters], services: [meters.listener()] });
 */
export function metrics(options: MetricsOptions = {}): Metrics {
  checkMetricsOptions(options);
  const store = new FamilyStore();
  const families = makeRequestFamilies(store, options);
  const update = (options.process ?? true) ? addProcessNumbers(store) : undefined;
  const foreign = new ForeignNumbers(options.registries ?? [], store.names);
  const exposition = new Exposition(store, foreign, update);
  const middleware = describe(options);
  const rest = new RequestMeter(families);

  function add(
    type: 'counter' | 'gauge' | 'histogram',
    name: string,
    given: HistogramOptions<string> & { readonly combine?: Combine },
  ) {
    checkInstrument(type, name, given);
    const { help, maxSeries = 1000, combine, buckets = SECONDS } = given;
    return store.add({
      name,
      type,
      help,
      maxSeries,
      ...(combine && { combine }),
      ...(type === 'histogram' && { bounds: [...buckets] }),
    });
  }

  return {
    ...middleware,
    prepare(route) {
      const meter = new RequestMeter(families, route);
      return {
        ...middleware,
        handle(context, next) {
          meter.watch(context);
          return next();
        },
      };
    },
    handle(context, next) {
      rest.watch(context);
      return next();
    },
    routes: (given = {}) => makeRoutes(exposition, given),
    listener: (given = {}) => makeListener(exposition, given),
    read: () => exposition.read(),
    counter: (name, given) => new FamilyCounter(add('counter', name, given), given.labels ?? []),
    gauge: (name, given) => new FamilyGauge(add('gauge', name, given), given.labels ?? []),
    histogram: (name, given) => new FamilyHistogram(add('histogram', name, given), given.labels ?? []),
  };
}

/** The printable part of the middleware. */
function describe(options: MetricsOptions) {
  return {
    name: 'metrics',
    layer: 'observe',
    options: Object.freeze({
      buckets: options.buckets ?? SECONDS,
      activeRequests: options.activeRequests ?? false,
      bodySizes: options.bodySizes ?? false,
      process: options.process ?? true,
      registries: options.registries?.length ?? 0,
    }),
  } as const;
}
