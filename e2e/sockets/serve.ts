import { readdirSync } from 'node:fs';
import { getHeapSpaceStatistics } from 'node:v8';
import { createApp, type AppOptions } from '@sluice/core';
import { PeakMemory } from './peak-memory';
import type { Report } from './server-process';

/** The notes of the application's handlers since the last report. */
export const notes: string[] = [];

/**
 * Runs an application for `ServerProcess`: sends its port, and a report on each message.
 *
 * @param collect collects garbage before each report
 */
export async function serve(options: AppOptions, collect = (): void => {}): Promise<void> {
  const logger = { info() {}, warn() {}, error: (error: unknown) => notes.push(`logged ${String(error)}`) };
  const app = await createApp({ logger, ...options });
  const { LISTEN_ON = 0, KEEP_ALIVE_MS } = process.env;
  const { port } = await app.listen({ port: Number(LISTEN_ON), handleSignals: KEEP_ALIVE_MS === undefined });
  if (KEEP_ALIVE_MS !== undefined)
    process.once('SIGTERM', () => {
      void app.close({ keepAliveMs: Number(KEEP_ALIVE_MS) }).then(() => process.exit(0));
    });
  const peakMemory = new PeakMemory();
  process.on('message', () => {
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    const report: Report = {
      mostResidentBytes: peakMemory.take(),
      residentBytes: rss,
      youngBytes: measureYoungGeneration(),
      heapBytes: heapUsed,
      descriptors: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : undefined,
      notes: notes.splice(0),
    };
    process.send?.(report);
  });
  // It does not outlive the tests, and the channel to them does not keep it alive.
  process.once('disconnect', () => process.exit());
  process.channel?.unref();
  process.send?.({ port });
}

/** V8 gives pages of it back while little is allocated, and takes them again. */
function measureYoungGeneration(): number {
  const spaces = getHeapSpaceStatistics().filter(({ space_name: name }) => name.startsWith('new_'));
  return spaces.reduce((sum, { physical_space_size: size }) => sum + size, 0);
}
