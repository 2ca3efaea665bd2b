/** The place where commands write. */
export interface Output {
  /** The result, on standard output. */
  print(text: string): void;
  /** Everything else, on standard error: progress, hints, faults. */
  note(text: string): void;
}

/** Writes to the streams of this process. */
export function makeConsoleOutput(): Output {
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
  };
}

/**
 * Sends to standard error what the application prints while it is loaded, so that standard output has the result only.
 *
 * @returns a function that ends it
 */
export function divertStandardOutput(): () => void {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return () => {
    process.stdout.write = write;
  };
}
