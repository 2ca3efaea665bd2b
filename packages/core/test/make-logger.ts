import type { Logger } from '../src';

/** What was logged as an error, for tests to look at. */
export interface RecordingLogger extends Logger {
  readonly errors: unknown[];
}

export function makeLogger(): RecordingLogger {
  const errors: unknown[] = [];
  return { errors, info: () => undefined, warn: () => undefined, error: (error) => errors.push(error) };
}
