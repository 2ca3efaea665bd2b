import { gatewayTimeout, isPromise, type Middleware } from '@sluice/core';
import { checkOptions, isIntegerOption } from '@sluice/core/kit';
import { TimerWheel } from './timer-wheel';

/** Options of `timeout`. */
export interface TimeoutOptions {
  /** Milliseconds that a request has until its answer begins, from 1 to 86,400,000 (a day). */
  readonly afterMs: number;
}

const DAY = 86_400_000;

/** One timer for the requests of all routes and applications of the process. */
const WHEEL = new TimerWheel();

/**
 * Answers 504 when the inner steps and the handler have taken too long, and aborts `context.signal` with a TimeoutError.
 * Whatever they return later is discarded. It replaces a `timeout` further out. A route that answers at once arms no timer.
 *
 * @throws ConfigurationError when an option is missing, unknown or invalid
 * @example timeout({ afterMs: 10_000 })
 */
export function timeout(options: TimeoutOptions): Middleware {
  checkOptions('timeout', options, { afterMs: { required: isIntegerOption(1, DAY) } });
  const { afterMs } = options;
  return {
    name: 'timeout',
    layer: 'time',
    replaces: true,
    leavesInner: true,
    options: Object.freeze({ afterMs }),
    describes: { statuses: { 504: { description: 'The request took too long.' } } },
    handle(context, next) {
      const running = next();
      if (!isPromise(running)) return undefined;
      return new Promise<void>((resolve, reject) => {
        const alarm = WHEEL.arm(afterMs, () => {
          const reason = new DOMException(`The request took longer than ${afterMs} ms.`, 'TimeoutError');
          context.leaveInner(reason, running);
          reject(gatewayTimeout({ code: 'timeout', detail: 'The request took too long.', cause: reason }));
        });
        void running.then(() => {
          WHEEL.disarm(alarm);
          resolve();
        });
      });
    },
  };
}
