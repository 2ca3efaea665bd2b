import { preconditionFailed, Reply, type HttpRequest } from '@sluice/core';
import { checkPreconditions } from '@sluice/core/kit';

/** Answers 304 where the client has the content, and 412 where it asks for another (RFC 9110 §13). */
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
