import { readdirSync } from 'node:fs';
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
      heapBytes: heapUsed,
      descriptors: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : undefined,
      notes: notes.splice(0),
    };
    process.send?.(report);
  });
  // The channel to the tests must not keep the process alive.
  process.channel?.unref();
  process.send?.({ port });
}
