import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '../http/context';

/**
 * Knows in which request what runs now was begun, whatever it has waited for since. The runtime pays for that with
 * every promise of the process, so nothing is traced before `begin`.
 */
export class RequestTrace {
  private storage: AsyncLocalStorage<Context> | undefined;

  /** @param isWanted from the start, never, or where it is left open as soon as there is a use for it */
  constructor(readonly isWanted: boolean | undefined) {}

  get isOn(): boolean {
    return this.storage !== undefined;
  }

  /** The request in which what runs now was begun; undefined outside of all, and where it was not traced. */
  get context(): Context | undefined {
    return this.storage?.getStore();
  }

  begin(): void {
    this.storage ??= new (loadAsyncHooks().AsyncLocalStorage)<Context>();
  }

  /** Runs what belongs to a request. */
  run(context: Context, work: () => void): void {
    if (this.storage === undefined) work();
    else this.storage.run(context, work);
  }

  end(): void {
    this.storage?.disable();
    this.storage = undefined;
  }
}

function loadAsyncHooks(): typeof import('node:async_hooks') {
  return require('node:async_hooks') as typeof import('node:async_hooks');
}
