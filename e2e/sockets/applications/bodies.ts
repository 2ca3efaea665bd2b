import { setTimeout as wait } from 'node:timers/promises';
import {
  Controller,
  File,
  noContent,
  Post,
  stream,
  text,
  unauthorized,
  type Context,
  type UploadedFile,
} from '@sluice/core';
import { notes, serve } from '../serve';

const MEBIBYTE = 1024 * 1024;

@Controller('/upload')
class UploadController {
  @Post() upload(@File('it') it: UploadedFile) {
    return { size: it.size };
  }
}

const LAST = { headers: { Connection: 'close' } };
const COUNTED = { headers: { Connection: 'close', 'Content-Length': '4' } };

async function* generateLast(): AsyncGenerator<string> {
  yield 'la';
  await wait(5);
  yield 'st';
}

/** Reads a body as a stream, and notes the bytes of each chunk. */
async function follow({ request }: Context): Promise<unknown> {
  let chunks = 0;
  let bytes = 0;
  for await (const chunk of request.stream()) {
    chunks++;
    bytes += chunk.byteLength;
    notes.push(`got ${bytes}`);
  }
  return { chunks, bytes };
}

/** Answers when the client has gone, or after a minute. */
async function hold({ signal }: Context): Promise<string> {
  notes.push('holding');
  await wait(60_000, undefined, { signal }).catch(() => notes.push('client has gone'));
  return 'held';
}

void serve({
  controllers: [UploadController],
  routes: [
    { method: 'GET', path: '/', handler: () => 'alive' },
    { method: 'GET', path: '/health', handler: () => 'up' },
    { method: 'ALL', path: '/note', handler: ({ request }) => (notes.push(request.target), 'noted') },
    { method: 'GET', path: '/get', handler: () => 'got' },
    { method: 'ALL', path: '/now', handler: () => 'now' },
    { method: 'ALL', path: '/later', handler: async () => (await wait(20), 'later') },
    { method: 'ALL', path: '/empty', handler: async () => (await wait(20), noContent()) },
    { method: 'ALL', path: '/large', handler: async () => (await wait(20), 'x'.repeat(300_000)) },
    { method: 'ALL', path: '/guarded', handler: () => unauthorized() },
    { method: 'GET', path: '/last', handler: () => text('last', LAST) },
    { method: 'GET', path: '/last-large', handler: () => text('last'.repeat(100_000), LAST) },
    { method: 'GET', path: '/last-stream', handler: () => stream(generateLast(), LAST) },
    { method: 'GET', path: '/last-counted', handler: () => stream(generateLast(), COUNTED) },
    { method: 'GET', path: '/last-empty', handler: () => noContent(LAST) },
    { method: 'POST', path: '/read', handler: async ({ request }) => text(await request.text()) },
    { method: 'POST', path: '/size', bodyLimit: 4 * MEBIBYTE, handler: measure },
    { method: 'POST', path: '/follow', bodyLimit: 4 * MEBIBYTE, handler: follow },
    { method: 'POST', path: '/hold', bodyLimit: 4 * MEBIBYTE, handler: hold },
    {
      method: 'POST',
      path: '/leave',
      handler: async (context) => {
        for await (const chunk of context.request.stream()) if (chunk.byteLength > 0) break;
        return hold(context);
      },
    },
  ],
});

async function measure({ request }: Context): Promise<unknown> {
  const late = Number(request.query.get('ms') ?? 0);
  if (late > 0) await wait(late);
  return { size: (await request.bytes()).byteLength };
}
