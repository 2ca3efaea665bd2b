import type { HttpRequest } from '../request';
import { Reply } from '../reply/replies';
import { preconditionFailed } from '../status/http-error';
import { checkPreconditions } from './preconditions';

/**
 * Makes the reply of content that has an ETag, or 304 where the client has it (RFC 9110 §13).
 *
 * @throws HttpError 412 when the client asks for another state
 */
export function answerIfChanged(
  request: HttpRequest,
  headers: Readonly<Record<string, string>> & { readonly ETag: string },
  makeReply: () => Reply,
): Reply {
  const validators = { etag: headers.ETag, lastModified: undefined, isDateStrong: false };
  const outcome = checkPreconditions(request, validators);
  if (outcome === 'failed') throw preconditionFailed();
  if (outcome === 'pass') return makeReply();
  const { 'Content-Encoding': _, ...kept } = headers as Readonly<Record<string, string>>;
  return new Reply(undefined, undefined, 304, kept);
}
