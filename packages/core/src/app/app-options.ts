import type { App } from './app';
import type { AppSettings } from './app-settings';

/** The options of `createApp`. */
export interface AppOptions extends AppSettings {
  /** Runs after everything with `@OnStart` has started, before the application listens and before the first `inject`. */
  readonly onStart?: (app: App) => unknown;
  /** Runs when the application closes, after the last request and before everything with `@OnStop` stops. */
  readonly onStop?: (app: App) => unknown;
}
