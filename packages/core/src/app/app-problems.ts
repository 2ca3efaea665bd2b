import type { ConfigurationProblem } from '../configuration/configuration-error';

const MAKE_ANOTHER = 'Make a new application with createApp().';

/** What was asked of an application that has been closed. */
export function describeClosed(place: string): ConfigurationProblem {
  return { code: 'APP_CLOSED', place, fault: 'The application has been closed.', cure: MAKE_ANOTHER };
}

/** Why an application can not listen; undefined where it can. */
export function findListenProblem(
  isClosed: boolean,
  isUsed: boolean,
  isMounted: boolean,
): ConfigurationProblem | undefined {
  const place = 'app.listen';
  if (isClosed) return describeClosed(place);
  if (isUsed)
    return {
      code: 'APP_STARTED',
      place,
      fault: 'The application listens already.',
      cure: MAKE_ANOTHER,
    };
  if (!isMounted) return undefined;
  const fault = 'The application is mounted in another, which starts it and answers for it.';
  return {
    code: 'MOUNT_INVALID',
    place,
    fault,
    cure: 'Call listen of the application that it is mounted in.',
  };
}

/** Something that changes the routes, when they are settled: `Middleware was added after listen.` */
export function describeLate(place: string, what: string, isClosed: boolean): ConfigurationProblem {
  const code = isClosed ? 'APP_CLOSED' : 'APP_STARTED';
  const todo = place === 'app.use' ? 'Add all middleware' : 'Mount all applications';
  return {
    code,
    place,
    fault: `${what} after ${isClosed ? 'close' : 'listen'}.`,
    cure: `${todo} before app.listen().`,
  };
}

export function describeMount(fault: string): ConfigurationProblem {
  const cure = 'Mount what createApp() made, once, and not in itself.';
  return { code: 'MOUNT_INVALID', place: 'app.mount', fault, cure };
}

/** Something that may be mounted in another. */
interface Mountable {
  readonly mountedIn: Mountable | undefined;
}

/** What keeps an application from being mounted in another; undefined where nothing does. */
export function findMountFault(inner: Mountable, outer: Mountable, isUsed: boolean): string | undefined {
  if (inner.mountedIn !== undefined) return 'It is mounted already.';
  if (isUsed) return 'It listens, or has been closed.';
  for (let around: Mountable | undefined = outer; around !== undefined; around = around.mountedIn)
    if (around === inner) return 'It would be mounted in itself.';
  return undefined;
}
