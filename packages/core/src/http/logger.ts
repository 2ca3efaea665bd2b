/** Where Sluice tells what no client may see. `console` is one, and so is a pino instance. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(error: unknown, message?: string): void;
}
