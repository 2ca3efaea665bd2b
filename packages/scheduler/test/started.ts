import { createApp, type App, type Logger } from '@sluice/core';
import { FakeClock, scheduler, type SchedulerOptions } from '../src';

/** An application of the tests, with its clock and what it logged. */
export interface Started {
  readonly app: App;
  readonly clock: FakeClock;
  readonly log: string[];
}

const opened: App[] = [];

/** Starts an application with a scheduler on a clock of its own. */
export async function start(
  providers: readonly (new () => object)[],
  options: SchedulerOptions & { readonly time?: string } = {},
): Promise<Started> {
  const { time = '2026-06-01T00:00:00Z', clock = new FakeClock(time), ...others } = options;
  const log: string[] = [];
  const app = await createApp({
    providers,
    services: [scheduler({ clock, ...others })],
    logger: makeLogger(log),
  });
  opened.push(app);
  await app.start();
  return { app, clock: clock as FakeClock, log };
}

export function makeLogger(log: string[]): Logger {
  return {
    info: (message) => log.push(`info: ${message}`),
    warn: (message) => log.push(`warn: ${message}`),
    error: (error, message) => log.push(`error: ${message ?? ''}: ${(error as Error).message}`),
  };
}

export async function closeAll(): Promise<void> {
  for (const app of opened.splice(0)) await app.close({ timeoutMs: 0 });
}

/** A promise that the test settles. */
export function makeGate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  return { opened: new Promise<void>((resolve) => (open = resolve)), open: () => open() };
}
