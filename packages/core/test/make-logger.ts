import type { Logger } from '../src';

/** A logger that keeps its errors for tests. */
export interface RecordingLogger extends Logger {
  readonly errors: unknown[];
}

export function makeLogger(): RecordingLogger {
  const errors: unknown[] = [];
  return { errors, info: () => undefined, warn: () => undefined, error: (error) => errors.push(error) };
}
