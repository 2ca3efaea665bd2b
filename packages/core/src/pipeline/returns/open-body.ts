import { checkStreamLength, findAnnouncedLength, isHeadOnly } from '../../http/body/body-length';
import { OpenedStream } from '../../http/body/opened-stream';
import { isStreamSource } from '../../http/body/stream-body';
import type { Context } from '../../http/context';
import { EventStream } from '../../http/reply/event-stream';

/**
 * Opens a streamed body and waits for its first chunk, so that an error before it is an error of the present step.
 * Returns undefined if there is nothing to wait for. Throws or rejects with the error of the source, and TypeError for a
 * body that cannot be sent.
 */
export function openBody(context: Context): Promise<void> | undefined {
  const { response, request } = context;
  const { body } = response;
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return undefined;
  if (body instanceof OpenedStream) return undefined;
  if (!isStreamSource(body))
    throw new TypeError(`A body must be a string, a Uint8Array or a stream, not of type ${typeof body}.`);
  const stream = new OpenedStream(body);
  response.body = stream;
  const isEvents = body instanceof EventStream;
  context.holdStream(stream, isEvents);
  // Events may come late or never, and HEAD sends none.
  if (isEvents && request.method === 'HEAD') return undefined;
  return begin(context, stream);
}

async function begin({ request: { method }, response }: Context, stream: OpenedStream): Promise<void> {
  await stream.begin();
  const { first } = stream;
  if (first === undefined || stream.isStopped || isHeadOnly(method, response.status)) return;
  const bytes = first.done ? 0 : Buffer.byteLength(first.value);
  checkStreamLength(bytes, first.done === true, findAnnouncedLength(method, response));
}
