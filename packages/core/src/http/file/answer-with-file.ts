import { parseByteRange, type ByteRange } from './byte-range';
import type { Context } from '../context';
import type { FileHead } from './describe-file';
import { HttpError, preconditionFailed } from '../status/http-error';
import { checkPreconditions, isRangeCurrent } from './preconditions';
import { Reply } from '../reply/replies';
import type { ResponseBody } from '../response';

/**
 * Makes the reply of a request for a file: the whole, a part, or 304 (RFC 9110 §13, §14). Calls `read` at most once,
 * and only when the reply has bytes.
 *
 * @throws HttpError 412 when a condition fails, 416 when the range begins after the end
 */
export function answerWithFile(
  context: Context,
  head: FileHead,
  read: (range: ByteRange) => ResponseBody,
): Reply {
  const { size, validators, cacheHeaders } = head;
  const isWhole = !mayBePart(context);
  const outcome = isWhole ? 'pass' : checkPreconditions(context.request, validators);
  if (outcome === 'failed')
    throw preconditionFailed('The file does not meet the preconditions of the request.');
  if (outcome === 'not modified') return new Reply(undefined, undefined, 304, cacheHeaders);
  const range = isWhole ? undefined : findRange(context, head);
  if (range === 'unsatisfiable')
    throw new HttpError(416, {
      detail: 'The file ends before the range begins.',
      headers: { 'Content-Range': `bytes */${size}` },
    });
  const { start, end } = range ?? { start: 0, end: size - 1 };
  return new Reply(read({ start, end }), head.contentType, range === undefined ? undefined : 206, {
    ...cacheHeaders,
    'Accept-Ranges': 'bytes',
    ...head.contentHeaders,
    ...(range !== undefined && { 'Content-Range': `bytes ${start}-${end}/${size}` }),
    'Content-Length': end - start + 1,
  });
}

/** Conditions and ranges count only when the response would otherwise be the whole file with 200 (RFC 9110 §13.2.1). */
function mayBePart({ request, response }: Context): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead && (response.status === 0 || response.status === 200);
}

/** Range is defined for GET only (RFC 9110 §14.2). */
function findRange({ request }: Context, { size, validators }: FileHead): ReturnType<typeof parseByteRange> {
  if (request.method !== 'GET') return undefined;
  const range = parseByteRange(request.header('range'), size);
  return range !== undefined && isRangeCurrent(request.header('if-range'), validators) ? range : undefined;
}
