import { captureScope } from './async-scope';
import { isPromise } from './maybe-promise';

type Listener = Parameters<AbortSignal['addEventListener']>[1];
type Options = Parameters<AbortSignal['addEventListener']>[2];

/**
 * Runs the listeners of a signal in the async context in which they were added, and reports the errors that they throw
 * or reject with: Node throws them again outside of any promise, so a single one would end the process. `onabort` is
 * covered too. It changes the signal itself.
 */
export function guardListeners(signal: AbortSignal, report: (error: unknown) => void): void {
  const guarded = new WeakMap<object, (event: Event) => void>();
  const { addEventListener, removeEventListener } = signal;
  const guard = (listener: Listener): Listener => {
    if (listener === null || (typeof listener !== 'object' && typeof listener !== 'function'))
      return listener;
    const known = guarded.get(listener);
    if (known !== undefined) return known;
    const scope = captureScope();
    const safe = (event: Event): void => {
      try {
        const result: unknown = scope(() =>
          typeof listener === 'function' ? listener.call(signal, event) : listener.handleEvent(event),
        );
        if (isPromise(result)) result.then(undefined, report);
      } catch (error) {
        report(error);
      }
    };
    guarded.set(listener, safe);
    return safe;
  };
  signal.addEventListener = (type: string, listener: Listener, options?: Options) =>
    addEventListener.call(signal, type, guard(listener), options);
  signal.removeEventListener = (type: string, listener: Listener, options?: Options) =>
    removeEventListener.call(signal, type, guard(listener), options);
}
