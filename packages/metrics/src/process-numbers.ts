import { monitorEventLoopDelay, performance, type IntervalHistogram } from 'node:perf_hooks';
import { describeWorker } from '@sluice/core/kit';
import type { FamilyStore } from './family-store';
import { formatLabel } from './format-text';

/** Milliseconds between two measurements of the delay; each value of the histogram contains them. */
const RESOLUTION_MS = 10;
/** The delay of the event loop is that of the last window which was at least so long. Several readers share it. */
const WINDOW_MS = 5000;
const MICROSECONDS = 1e6;
const NANOSECONDS = 1e9;

type Update = () => void;

/**
 * Adds the metrics of the process, under the names that Prometheus and OpenTelemetry give them. With several workers
 * each has series of its own, with the label `worker`.
 *
 * @returns a function that reads them
 */
export function addProcessNumbers(store: FamilyStore): Update {
  const { id, count } = describeWorker();
  const worker = count > 1 ? formatLabel('worker', String(id)) : '';
  const add = (type: 'counter' | 'gauge', name: string, help: string, more = ''): Float64Array => {
    const labels = [worker, more].filter((label) => label !== '').join(',');
    // During a replacement two workers have one number: the newer one takes over.
    return store
      .find({ name, type, help, maxSeries: 2, ...(type === 'gauge' && { combine: 'max' as const }) })
      .open(labels);
  };
  const user = add('counter', 'process_cpu_user_seconds_total', 'CPU time in user mode, in seconds.');
  const system = add('counter', 'process_cpu_system_seconds_total', 'CPU time in the kernel, in seconds.');
  const both = add('counter', 'process_cpu_seconds_total', 'CPU time, in seconds.');
  const started = add('gauge', 'process_start_time_seconds', 'Start of the process, in seconds since 1970.');
  const resident = add('gauge', 'process_resident_memory_bytes', 'Memory of the process, in bytes.');
  const heap = add('gauge', 'nodejs_heap_size_total_bytes', 'Size of the JavaScript heap, in bytes.');
  const used = add('gauge', 'nodejs_heap_size_used_bytes', 'Used part of the JavaScript heap, in bytes.');
  const external = add(
    'gauge',
    'nodejs_external_memory_bytes',
    'Memory of objects outside of the heap, in bytes.',
  );
  const [active, idle] = ['active', 'idle'].map((state) =>
    add(
      'counter',
      'nodejs_eventloop_time_seconds_total',
      'Time that the event loop was working and waiting, in seconds.',
      formatLabel('nodejs_eventloop_state', state),
    ),
  ) as [Float64Array, Float64Array];
  const delays = (['mean', 'p99', 'max'] as const).map((what) =>
    add('gauge', `nodejs_eventloop_lag_${what}_seconds`, 'How late the event loop was, in seconds.'),
  );
  return () => {
    const cpu = process.cpuUsage();
    user[0] = cpu.user / MICROSECONDS;
    system[0] = cpu.system / MICROSECONDS;
    both[0] = (cpu.user + cpu.system) / MICROSECONDS;
    started[0] = performance.timeOrigin / 1000;
    const { rss, heapTotal, heapUsed, external: outside } = process.memoryUsage();
    [resident[0], heap[0], used[0], external[0]] = [rss, heapTotal, heapUsed, outside];
    const loop = performance.eventLoopUtilization();
    [active[0], idle[0]] = [loop.active / 1000, loop.idle / 1000];
    for (const [index, value] of (window ??= new DelayWindow()).read().entries()) delays[index]![0] = value;
  };
}

/** One for the process, from the first reading on. */
let window: DelayWindow | undefined;

/** The delay of the event loop, in seconds. */
class DelayWindow {
  private readonly histogram: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private startedAt = performance.now();
  private last: readonly number[] | undefined;

  constructor() {
    this.histogram.enable();
  }

  /** The mean, the 99th percentile and the maximum. */
  read(): readonly number[] {
    const { histogram } = this;
    const lengthMs = performance.now() - this.startedAt;
    const isLong = lengthMs >= WINDOW_MS;
    if (!isLong && this.last !== undefined) return this.last;
    const { count, mean, max } = histogram;
    const values = [mean, histogram.percentile(99), max].map((value) => value / NANOSECONDS);
    // Without a value, the loop was blocked for all of the window.
    const found = (count === 0 ? values.map(() => lengthMs / 1000) : values).map(toDelay);
    if (!isLong) return found;
    this.startedAt += lengthMs;
    histogram.reset();
    return (this.last = found);
  }
}

function toDelay(seconds: number): number {
  return Math.max(0, seconds - RESOLUTION_MS / 1000);
}
