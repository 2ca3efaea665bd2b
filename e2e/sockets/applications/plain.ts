import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bytes, json, noContent, text, type Context } from '@sluice/core';
import { notes, serve } from '../serve';

const note = ({ request }: Context): string => {
  notes.push(`${request.method} ${request.target}`);
  return request.target;
};

/** The version of the engine's binary, from the package that it was loaded from. */
const readEngineVersion = (): string => {
  const binary = Object.keys(require.cache).find((file) => file.endsWith('uws.node'))!;
  const manifest = readFileSync(path.join(path.dirname(binary), 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
};

void serve({
  routes: [
    { method: 'GET', path: '/', handler: () => 'alive' },
    { method: 'GET', path: '/engine', handler: readEngineVersion },
    { method: 'ALL', path: '/note', handler: note },
    {
      method: 'ALL',
      path: '/note-later',
      handler: async (context) => {
        await wait(20);
        return note(context);
      },
    },
    { method: 'GET', path: '/get', handler: note },
    { method: 'GET', path: '/empty', handler: () => noContent() },
    { method: 'POST', path: '/empty-post', handler: () => noContent() },
    { method: 'GET', path: '/unchanged', handler: () => text('x', { status: 304 }) },
    { method: 'GET', path: '/fails', handler: () => Promise.reject(new Error('on purpose')) },
    { method: 'GET', path: '/last', handler: () => text('bye', { headers: { Connection: 'close' } }) },
    { method: 'GET', path: '/headers', handler: ({ request }) => json(request.headers) },
    { method: 'GET', path: '/address', handler: ({ request }) => request.address },
    { method: 'POST', path: '/ignore', handler: () => 'ignored' },
    { method: 'POST', path: '/echo', handler: async ({ request }) => bytes(await request.bytes()) },
    {
      method: 'POST',
      path: '/limited',
      bodyLimit: 1000,
      handler: async ({ request }) => ({ size: (await request.bytes()).byteLength }),
    },
    {
      method: 'POST',
      path: '/held',
      bodyLimit: 20 * 1024 * 1024,
      handler: async ({ request }) => {
        notes.push('holding');
        await wait(Number(request.query.get('ms')));
        notes.push('reading');
        const body = await request.bytes();
        return { size: body.byteLength, hash: createHash('sha256').update(body).digest('hex') };
      },
    },
    {
      method: 'POST',
      path: '/answers-while-held',
      bodyLimit: 20 * 1024 * 1024,
      handler: async () => {
        notes.push('holding');
        await wait(200);
        return 'not read';
      },
    },
    {
      method: 'POST',
      path: '/aborted',
      bodyLimit: 20 * 1024 * 1024,
      handler: async ({ request, signal }) => {
        signal.addEventListener('abort', () => void notes.push('signal'));
        notes.push('reading');
        await request.bytes().catch((error: Error) => notes.push(`refused: ${error.message}`));
        return 'x';
      },
    },
  ],
});
