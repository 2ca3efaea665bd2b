import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '../http/context';

/**
 * Knows the request that the running code belongs to, across every await. This slows down each promise of the process,
 * so nothing is traced before `begin`.
 */
export class RequestTrace {
  private storage: AsyncLocalStorage<Context> | undefined;

  /** @param isWanted true: from the start; false: never; undefined: after the first unhandled rejection */
  constructor(readonly isWanted: boolean | undefined) {}

  get isOn(): boolean {
    return this.storage !== undefined;
  }

  /** The request that the running code belongs to; undefined outside of requests, and if it was not traced. */
  get context(): Context | undefined {
    return this.storage?.getStore();
  }

  begin(): void {
    this.storage ??= new (loadAsyncHooks().AsyncLocalStorage)<Context>();
  }

  /** Runs work that belongs to a request. */
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
