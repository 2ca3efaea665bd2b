import type { Container, InstanceSource } from '../container/container';
import type { AppPhase } from '../http/closing';
import { ConfigurationError, type ConfigurationProblem } from '../configuration/configuration-error';

const MAKE_ANOTHER = 'Make a new application with createApp().';

/** Throws ConfigurationError APP_CLOSED for the use of an application that has been closed. */
export function checkOpen(phase: AppPhase, place: string): void {
  if (phase === 'closing') throw new ConfigurationError([describeClosed(place)]);
}

function describeClosed(place: string): ConfigurationProblem {
  return { code: 'APP_CLOSED', place, fault: 'The application has been closed.', cure: MAKE_ANOTHER };
}

/** Throws ConfigurationError APP_CLOSED, APP_STARTED or MOUNT_INVALID where an application cannot listen. */
export function checkMayListen(isClosed: boolean, isUsed: boolean, isMounted: boolean): void {
  const problem = findListenProblem(isClosed, isUsed, isMounted);
  if (problem !== undefined) throw new ConfigurationError([problem]);
}

function findListenProblem(
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
      fault: 'The application is already listening.',
      cure: 'Call listen only once. To listen on a second address, make another application with createApp().',
    };
  if (!isMounted) return undefined;
  const fault = 'The application is mounted in another one, which starts it and passes it its requests.';
  return {
    code: 'MOUNT_INVALID',
    place,
    fault,
    cure: 'Call listen on the application that it is mounted in.',
  };
}

/** Throws ConfigurationError APP_STARTED or APP_CLOSED for a change of the routes that came too late. */
export function checkMayChange(isUsed: boolean, phase: AppPhase, place: string, what: string): void {
  if (isUsed) throw new ConfigurationError([describeLate(place, what, phase === 'closing')]);
}

/** Describes such a change: `Middleware was added after listen.` */
function describeLate(place: string, what: string, isClosed: boolean): ConfigurationProblem {
  const code = isClosed ? 'APP_CLOSED' : 'APP_STARTED';
  const todo = place === 'app.use' ? 'Add all middleware' : 'Mount all applications';
  return {
    code,
    place,
    fault: `${what} after ${isClosed ? 'close' : 'listen'}.`,
    cure: `${todo} before app.listen().`,
  };
}

/** Describes the use of an application whose instances another one starts and stops. */
export function describeShared(place: string): ConfigurationProblem {
  const fault = 'It uses the container of another application, which starts and stops the instances.';
  return {
    code: 'MOUNT_INVALID',
    place,
    fault,
    cure: 'Mount it in that application, and use the outer one.',
  };
}

function describeMount(fault: string): ConfigurationProblem {
  const cure = 'Mount an application that createApp() made, only once, and not in itself.';
  return { code: 'MOUNT_INVALID', place: 'app.mount', fault, cure };
}

/** An application, as far as mounting is concerned. */
interface Mountable {
  readonly container: Container;
  readonly mountedIn: Mountable | undefined;
}

/** Throws ConfigurationError MOUNT_INVALID where an application cannot be mounted in another. */
export function checkMount(inner: Mountable | undefined, outer: Mountable, isUsed: boolean): void {
  const fault = inner ? findMountFault(inner, outer, isUsed) : 'It is not an application.';
  if (fault !== undefined) throw new ConfigurationError([describeMount(fault)]);
}

function findMountFault(inner: Mountable, outer: Mountable, isUsed: boolean): string | undefined {
  if (inner.mountedIn !== undefined) return 'It is already mounted.';
  if (isUsed) return 'It is already listening, or it has been closed.';
  if (!isSharedWith(inner.container, outer.container)) return 'It uses the container of another application.';
  for (let around: Mountable | undefined = outer; around !== undefined; around = around.mountedIn)
    if (around === inner) return 'It would be mounted in itself.';
  return undefined;
}

/** Answers whether a container is of its own, or uses that of the outer application. */
function isSharedWith(inner: Container, outer: Container): boolean {
  const { sharedWith } = inner as InstanceSource;
  return sharedWith === undefined || sharedWith === ((outer as InstanceSource).sharedWith ?? outer);
}
