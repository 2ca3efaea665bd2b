import type { Context } from '../context';
import type { MaybePromise } from '../maybe-promise';
import { Reply } from './replies';
import type { WriteJson } from './write-json';

/**
 * A reply that depends on the request. The result of `make`, or of its promise, replaces it; an error in `make` becomes
 * the response as if the handler had thrown it. Extend it for replies of your own.
 *
 * @example class Greeting extends LateReply { make({ request }: Context) { return `Hello ${request.address}`; } }
 */
export abstract class LateReply extends Reply {
  constructor() {
    super(undefined, undefined, undefined, undefined);
  }

  /** Makes the reply; `writeJson` writes JSON as the application does. Called once, after the handler or middleware that returned this object. */
  abstract make(context: Context, writeJson: WriteJson): MaybePromise<unknown>;
}
