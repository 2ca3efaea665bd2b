import type { Context } from './context';

/** The tasks that a handler wants to run after its reply: `@Background() tasks: BackgroundTasks`. */
export class BackgroundTasks {
  constructor(private readonly context: Context) {}

  /**
   * Calls `task` with the values after a successful response was sent. Tasks run in the order in which they were added;
   * an error in one is logged. When the request fails they do not run; `context.background` runs its tasks always.
   *
   * @throws HttpError 503 when the application has too many tasks. No task of the request runs then, unless this is caught
   * @throws Error when the response was sent and its background tasks are done
   * @example tasks.add(sendWelcome, user.email);
   */
  add<Values extends readonly unknown[]>(task: (...values: Values) => unknown, ...values: Values): void {
    this.context.background(() => (this.context.error === undefined ? task(...values) : undefined));
  }
}
