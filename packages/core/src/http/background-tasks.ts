import type { Context } from './context';

/** What a handler leaves to be done after its reply: `@Background() tasks: BackgroundTasks`. */
export class BackgroundTasks {
  constructor(private readonly context: Context) {}

  /**
   * Calls `task` with the values after the response was sent, in the order added; what it throws is logged. It is
   * not called where the request fails: what was to follow a success must not follow an error. (`context.background`
   * runs whatever the response is.)
   *
   * @throws Error when the request is over
   * @example tasks.add(sendWelcome, user.email);
   */
  add<Values extends readonly unknown[]>(task: (...values: Values) => unknown, ...values: Values): void {
    this.context.background(() => (this.context.error === undefined ? task(...values) : undefined));
  }
}
