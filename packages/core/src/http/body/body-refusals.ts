import { badRequest, contentTooLarge, type HttpError } from '../status/http-error';

/** The refusal of a body over the limit; the connection closes, since the rest of the body would still come. */
export function describeTooLarge(limit: number): HttpError {
  return contentTooLarge({ detail: `The body may have ${limit} bytes.`, headers: { Connection: 'close' } });
}

/** What a reader is told whose client has gone. */
export function describeGone(): HttpError {
  return badRequest({ code: 'client_gone', detail: 'The client went away before the body was complete.' });
}

/** What a reader is told who comes too late. */
export function describeDiscarded(): HttpError {
  const detail = 'The request was answered before its body was read.';
  return badRequest({ code: 'body_discarded', detail });
}
