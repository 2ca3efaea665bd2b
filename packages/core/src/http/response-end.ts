import { describeRequest, type IdentifiedRequest } from './describe-request';
import { findHome } from './route-home';

/**
 * How a response has ended: handed over whole; the client left before that; or it broke off, because its stream failed
 * or its length was not the announced one.
 */
export type ResponseEnd = 'sent' | 'aborted' | 'broken';

/** Is called once, when the response of a request has ended. */
export type ResponseEndListener = (end: ResponseEnd) => void;

/** Calls each of them. An error of one is logged and does not stop the next. */
export function callEndListeners(
  listeners: readonly ResponseEndListener[],
  end: ResponseEnd,
  request: IdentifiedRequest,
): void {
  for (const listener of listeners) {
    try {
      listener(end);
    } catch (error) {
      const what = `A listener for the end of the response of ${describeRequest(request)} failed`;
      findHome(request.route)?.logger.error(error, what);
    }
  }
}
