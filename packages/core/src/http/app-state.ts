import { ConfigurationError } from '../configuration/configuration-error';
import type { ContextKey } from './context-key';

/**
 * The values that an application shares with all of its requests, each under a typed key. Values can be set until the
 * application has started, including in `@OnStart` and `onStart`. For data that changes later, share a Map, an object
 * or a client.
 *
 * @example app.state.set(CLIENT, new Client()); // and in a handler: context.app.state.get(CLIENT)
 */
export class AppState {
  private readonly values = new Map<ContextKey<unknown>, unknown>();
  private outer: AppState | undefined;
  private isFrozen = false;

  /**
   * Shares a value with all requests.
   *
   * @throws ConfigurationError APP_STARTED when the application has started
   */
  set<T>(key: ContextKey<T>, value: T): this {
    if (this.isFrozen) {
      const fault = `The value ${JSON.stringify(key.name)} was set after the application started.`;
      const cure =
        'Set it before listen or in onStart. For data that changes later, set a Map, an object or a client.';
      throw new ConfigurationError([{ code: 'APP_STARTED', place: 'app.state.set', fault, cure }]);
    }
    this.values.set(key as ContextKey<unknown>, value);
    return this;
  }

  /** The value under the key, here or in the application in which this one is mounted; undefined when there is none. */
  get<T>(key: ContextKey<T>): T | undefined {
    const own = key as ContextKey<unknown>;
    return this.values.has(own) ? (this.values.get(own) as T) : this.outer?.get(key);
  }

  /** Makes every later `set` throw. The application calls it when it has started. */
  freeze(): void {
    this.isFrozen = true;
  }

  /** Makes `get` continue in the state of the application in which this one is mounted. */
  fallBackTo(outer: AppState): void {
    this.outer = outer;
  }
}
