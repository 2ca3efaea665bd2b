import type { Context } from '../context';
import type { MaybePromise } from '../maybe-promise';
import { Reply } from './replies';

/**
 * A reply that depends on the request: what `make` gives back, or promises, is the reply in its place. What it throws
 * becomes the response, as if the handler had thrown it. Derive from it for replies of your own.
 *
 * @example class Greeting extends LateReply { make({ request }: Context) { return `Hello ${request.address}`; } }
 */
export abstract class LateReply extends Reply {
  constructor() {
    super(undefined, undefined, undefined, undefined);
  }

  /** Called once, when the onion is on its way back from whoever returned it. */
  abstract make(context: Context): MaybePromise<unknown>;
}
