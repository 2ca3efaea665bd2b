import { ConfigurationError } from '../configuration/configuration-error';
import type { ContextKey } from './context-key';

/**
 * What an application shares with all of its requests, each value under a typed key. It lives as long as the
 * application. Values are set until it has started, `@OnStart` and `onStart` included; what changes later belongs
 * into a value (a Map, a counter, a client), not into another one under the same key.
 */
export class AppState {
  private readonly values = new Map<ContextKey<unknown>, unknown>();
  private outer: AppState | undefined;
  private isFrozen = false;

  /** Shares a value with all requests. Throws ConfigurationError APP_STARTED when the application has started. */
  set<T>(key: ContextKey<T>, value: T): this {
    if (this.isFrozen) {
      const fault = `The value ${JSON.stringify(key.name)} was set after the application started.`;
      const cure =
        'Set it before listen or in onStart, and change what is in it: a Map, an object, a client.';
      throw new ConfigurationError([{ code: 'APP_STARTED', place: 'app.state.set', fault, cure }]);
    }
    this.values.set(key as ContextKey<unknown>, value);
    return this;
  }

  /** The value under the key, of a mounted application else of the one it is mounted in; undefined where there is none. */
  get<T>(key: ContextKey<T>): T | undefined {
    const own = key as ContextKey<unknown>;
    return this.values.has(own) ? (this.values.get(own) as T) : this.outer?.get(key);
  }

  /** Makes every later `set` throw. The application calls it when it has started. */
  freeze(): void {
    this.isFrozen = true;
  }

  /** What is not found here is looked for there. */
  fallBackTo(outer: AppState): void {
    this.outer = outer;
  }
}
