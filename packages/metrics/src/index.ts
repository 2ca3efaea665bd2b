export { metrics } from './metrics';
export type { Metrics } from './metrics';
export type { MetricsOptions } from './metrics-options';
export type { MetricsRoutesOptions } from './metrics-routes';
export type { MetricsListenerOptions } from './metrics-listener';
export type { TextRegistry } from './foreign-numbers';
export type {
  Counter,
  Gauge,
  GaugeOptions,
  Histogram,
  HistogramOptions,
  InstrumentOptions,
  LabelValues,
} from './instruments';
