import type { Context } from '../../http/context';
import { HeaderLine } from '../../http/headers/header-line';
import type { HeaderValue } from '../../http/headers/headers';
import { LateReply } from '../../http/reply/late-reply';
import { isPromise, type MaybePromise } from '../../http/maybe-promise';
import { BYTES_TYPE, JSON_TYPE, JsonReply, PROBLEM_TYPE, Reply, TEXT_TYPE } from '../../http/reply/replies';
import { formatJson, type WriteJson } from '../../http/reply/write-json';
import type { HttpResponse, ResponseBody } from '../../http/response';
import { openBody } from './open-body';
import { isStreamSource } from '../../http/body/stream-body';

const JSON_LINE = new HeaderLine('Content-Type', JSON_TYPE);
const TEXT_LINE = new HeaderLine('Content-Type', TEXT_TYPE);
const BYTES_LINE = new HeaderLine('Content-Type', BYTES_TYPE);
const PROBLEM_LINE = new HeaderLine('Content-Type', PROBLEM_TYPE);

/**
 * Turns the value that a handler or a middleware returned into the response. A status and a Content-Type that were set
 * before stay, unless the value carries its own. Returns a promise only for a late reply that waits for something, and for a
 * stream, whose first chunk it waits for.
 *
 * @throws TypeError if the value cannot be sent: it is not JSON, or a header has CR or LF; a late reply and a stream may
 * throw anything
 */
export function applyReply(
  context: Context,
  value: unknown,
  writeJson: WriteJson = formatJson,
): MaybePromise<void> {
  const { response } = context;
  if (response.body !== undefined) response.headers.dropRepresentation();
  if (value instanceof Reply) return applyReplyObject(context, value, writeJson);
  if (typeof value === 'object' && value !== null) return applyObject(context, value, writeJson);
  if (typeof value === 'string') setBody(response, value, TEXT_LINE);
  else setBody(response, writeJson(value), JSON_LINE);
  response.chooseDefaultStatus();
}

function applyObject(context: Context, value: object, writeJson: WriteJson): MaybePromise<void> {
  const { response } = context;
  if (value instanceof Uint8Array) setBody(response, value, BYTES_LINE);
  else if (isStreamSource(value)) setBody(response, value, BYTES_LINE);
  else setBody(response, writeJson(value), JSON_LINE);
  response.chooseDefaultStatus();
  return openBody(context);
}

function applyReplyObject(context: Context, reply: Reply, writeJson: WriteJson): MaybePromise<void> {
  if (reply instanceof LateReply) return applyLateReply(context, reply, writeJson);
  const { response } = context;
  if (reply.status !== undefined) response.status = reply.status;
  if (reply.contentType === JSON_TYPE) response.headers.setLine(JSON_LINE);
  else if (reply.contentType === PROBLEM_TYPE) response.headers.setLine(PROBLEM_LINE);
  else if (reply.contentType !== undefined) response.headers.set('Content-Type', reply.contentType);
  applyHeaders(response, reply.headers);
  response.body = reply instanceof JsonReply ? writeJson(reply.value) : reply.body;
  response.chooseDefaultStatus();
  return openBody(context);
}

function applyLateReply(context: Context, reply: LateReply, writeJson: WriteJson): MaybePromise<void> {
  const made = reply.make(context, writeJson);
  return isPromise(made)
    ? made.then((value) => applyMade(context, value, writeJson))
    : applyMade(context, made, writeJson);
}

function applyMade(context: Context, made: unknown, writeJson: WriteJson): MaybePromise<void> {
  if (made instanceof Error) throw made;
  return applyReply(context, made, writeJson);
}

/** Sets every header. Throws TypeError for one that cannot be sent. */
export function applyHeaders(
  { headers }: HttpResponse,
  values: Readonly<Record<string, HeaderValue>> | undefined,
): void {
  if (values === undefined) return;
  for (const name of Object.keys(values)) headers.set(name, values[name]!);
}

/** A Content-Type that the program has set stays. */
function setBody(response: HttpResponse, body: ResponseBody, contentType: HeaderLine): void {
  response.body = body;
  response.headers.addMissing(contentType);
}
