import { monitorEventLoopDelay, performance, type IntervalHistogram } from 'node:perf_hooks';
import type { Context } from '@sluice/core';
import { listenForClosing } from '@sluice/core/kit';
import type { Limits, Pressure } from './pressure';

/** Milliseconds between two measurements of the delay; each value of the histogram contains them. */
const RESOLUTION_MS = 10;
const NANOSECONDS = 1e6;
/** Samples without a request after which measuring stops, until the next request. */
const MOST_IDLE_SAMPLES = 20;

/** Measures the process while requests come, with a timer that keeps no process alive. */
export class Sampler {
  private timer: NodeJS.Timeout | undefined;
  private delay: IntervalHistogram | undefined;
  private idleSamples = 0;
  private sampledAt = 0;
  private release: (() => void) | undefined;

  constructor(
    private readonly pressure: Pressure,
    private readonly limits: Limits,
    private readonly sampleMs: number,
  ) {}

  /** Whether it measures now. */
  get isRunning(): boolean {
    return this.timer !== undefined;
  }

  /** Says that a request has come. It measures until none has come for a while, or the application closes. */
  wake(context: Context): void {
    this.idleSamples = 0;
    if (this.timer !== undefined || context.app.phase === 'closing') return;
    this.release = listenForClosing(context, () => this.stop());
    this.timer = this.start();
  }

  /** Stops measuring. */
  stop(): void {
    this.release?.();
    clearInterval(this.timer);
    this.timer = undefined;
    this.delay?.disable();
    this.delay = undefined;
    this.pressure.forget();
  }

  private start(): NodeJS.Timeout {
    this.sampledAt = performance.now();
    if (this.limits.maxEventLoopDelayMs !== undefined) {
      this.delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      this.delay.enable();
    }
    return setInterval(() => this.sample(), this.sampleMs).unref();
  }

  private sample(): void {
    this.idleSamples += 1;
    if (this.idleSamples > MOST_IDLE_SAMPLES && this.pressure.inFlight === 0) return this.stop();
    const { maxHeapBytes, maxRssBytes } = this.limits;
    this.pressure.take({
      delayMs: this.readDelay(),
      heapBytes: maxHeapBytes === undefined ? 0 : process.memoryUsage().heapUsed,
      rssBytes: maxRssBytes === undefined ? 0 : process.memoryUsage.rss(),
    });
  }

  /** The mean of the sample. Without a value, the loop was blocked for all of it. */
  private readDelay(): number {
    if (this.delay === undefined) return 0;
    const sampleMs = performance.now() - this.sampledAt;
    this.sampledAt += sampleMs;
    const { count, mean } = this.delay;
    this.delay.reset();
    return Math.max(0, (count === 0 ? sampleMs : mean / NANOSECONDS) - RESOLUTION_MS);
  }
}
