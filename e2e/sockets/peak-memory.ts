import { readFileSync, writeFileSync } from 'node:fs';

/** In kibibytes. */
const KERNEL_PEAK = /^VmHWM:\s*(\d+) kB$/m;

/**
 * The most memory of this process since the last question. The kernel keeps it on Linux: a timer alone measures nothing
 * while the process is busy, and that is when it matters.
 */
export class PeakMemory {
  private sampled = 0;

  constructor() {
    this.take();
    setInterval(() => this.sample(), 20).unref();
  }

  /** In bytes. */
  take(): number {
    this.sample();
    const most = Math.max(this.sampled, takeKernelPeak());
    this.sampled = 0;
    return most;
  }

  private sample(): void {
    this.sampled = Math.max(this.sampled, process.memoryUsage.rss());
  }
}

/** In bytes; 0 where the kernel does not keep it, or does not let this process reset it. */
function takeKernelPeak(): number {
  try {
    const peak = Number(KERNEL_PEAK.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? 0) * 1024;
    writeFileSync('/proc/self/clear_refs', '5');
    return peak;
  } catch {
    return 0;
  }
}
