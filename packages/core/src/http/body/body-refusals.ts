import { badRequest, contentTooLarge, HttpError } from '../status/http-error';

/** 413: the body is over the limit. The connection closes, because the rest of the body would still come. */
export function refuseLargeBody(limit: number): HttpError {
  return contentTooLarge({
    detail: `The body is too large; the limit is ${limit} bytes.`,
    headers: { Connection: 'close' },
  });
}

/** 400, for the reader of a body: the client disconnected. */
export function refuseGone(): HttpError {
  return badRequest({ code: 'client_gone', detail: 'The client disconnected before the body was complete.' });
}

/** 400, for a reader that comes too late: the body is gone. */
export function refuseDiscarded(): HttpError {
  const detail = 'The request was answered before its body was read.';
  return badRequest({ code: 'body_discarded', detail });
}

/** 415: the charset of a text is unknown, or not the one that its format requires. */
export function refuseCharset(detail = 'The body has an unsupported charset.'): HttpError {
  return new HttpError(415, { detail });
}
