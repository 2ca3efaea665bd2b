/** The levels of the access log: the names of the logger's methods. */
export type AccessLevel = 'info' | 'warn' | 'error';

/**
 * Takes an object and a text, like pino and most other loggers. Where the log is for people it gets a text alone.
 * A fast logger does not wait for its output.
 */
export type AccessLogger = Readonly<
  Record<AccessLevel, (entry: object | string, message?: string) => unknown>
>;

/** Writes each entry as one line of JSON, because `console` would spread an object over several lines. */
export const JSON_LINES: AccessLogger = writeLines(console);

function writeLines(output: Record<AccessLevel, (line: string) => void>): AccessLogger {
  return {
    info: (entry, message) => output.info(toLine('info', entry, message)),
    warn: (entry, message) => output.warn(toLine('warn', entry, message)),
    error: (entry, message) => output.error(toLine('error', entry, message)),
  };
}

function toLine(level: AccessLevel, entry: object | string, message: string | undefined): string {
  if (typeof entry === 'string') return entry;
  return JSON.stringify({ level, time: new Date().toISOString(), ...entry, msg: message });
}
