import { readdirSync } from 'node:fs';
import { createApp, type AppOptions } from '@sluice/core';
import type { Report } from './server-process';

/** The notes of the application's handlers since the last report. */
export const notes: string[] = [];

/** Runs an application for `ServerProcess`: sends its port, and a report on each message. */
export async function serve(options: AppOptions): Promise<void> {
  const logger = { info() {}, warn() {}, error: (error: unknown) => notes.push(`logged ${String(error)}`) };
  const app = await createApp({ logger, ...options });
  const { port } = await app.listen({ port: Number(process.env['LISTEN_ON'] ?? 0) });
  let most = process.memoryUsage.rss();
  const measure = (): void => void (most = Math.max(most, process.memoryUsage.rss()));
  setInterval(measure, 20).unref();
  process.on('message', () => {
    measure();
    const report: Report = {
      mostResidentBytes: most,
      residentBytes: process.memoryUsage.rss(),
      descriptors: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : undefined,
      notes: notes.splice(0),
    };
    most = 0;
    process.send?.(report);
  });
  // The channel to the tests must not keep the process alive.
  process.channel?.unref();
  process.send?.({ port });
}
