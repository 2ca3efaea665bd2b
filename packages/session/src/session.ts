import { afterwards, type Middleware } from '@sluice/core';
import { checkSessionOptions } from './check-session-options';
import { SESSION_STATE } from './read-session';
import { settleOptions, type SessionOptions, type SettledOptions } from './session-options';
import { settleSession } from './session-settings';
import { SessionState } from './session-state';

/**
 * Sessions: data that comes back with the next request of the same browser, in a signed or encrypted cookie,
 * or in a store. Nothing is verified until the session is read, nothing is sent unless it changed.
 *
 * @throws ConfigurationError when an option is missing, unknown or can not be used, or options contradict each other
 * @example createApp({ middleware: [session({ secretKey: process.env.SESSION_SECRET })] })
 */
export function session(options: SessionOptions): Middleware {
  checkSessionOptions(options);
  const settled = settleOptions(options);
  const settings = settleSession(settled);
  return {
    name: 'session',
    options: printOptions(settled),
    handle(context, next) {
      const outer = context.get(SESSION_STATE);
      const state = new SessionState(context, settings, outer);
      context.set(SESSION_STATE, state);
      return afterwards(next(), () => {
        if (outer !== undefined) context.set(SESSION_STATE, outer);
        return state.finish();
      });
    },
  };
}

/** The options for the plan: no secret, and of a store only that there is one. */
function printOptions({
  secretKey: _,
  store,
  ...printable
}: SettledOptions): Readonly<Record<string, unknown>> {
  return Object.freeze({ ...printable, store: store !== undefined });
}
