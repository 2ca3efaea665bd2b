import type { ConfigurationProblem } from './http/configuration-error';

const MAKE_ANOTHER = 'Make a new application with createApp().';

/** What was asked of an application that has been closed. */
export function describeClosed(place: string): ConfigurationProblem {
  return { code: 'APP_CLOSED', place, fault: 'The application has been closed.', cure: MAKE_ANOTHER };
}

/** A second `listen`. */
export function describeListening(): ConfigurationProblem {
  const fault = 'The application listens already.';
  return { code: 'APP_STARTED', place: 'app.listen', fault, cure: MAKE_ANOTHER };
}

/** A `use` when the order of middleware is settled. */
export function describeLateUse(isClosed: boolean): ConfigurationProblem {
  const code = isClosed ? 'APP_CLOSED' : 'APP_STARTED';
  const fault = `Middleware was added after ${isClosed ? 'close' : 'listen'}.`;
  return { code, place: 'app.use', fault, cure: 'Add all middleware before app.listen().' };
}
