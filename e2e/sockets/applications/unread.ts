import { noContent, notFound, text } from '@sluice/core';
import { notes, serve } from '../serve';

let served = 0;
const count = (): void => void served++;

void serve({
  routes: [
    { method: 'GET', path: '/alive', handler: () => 'alive' },
    // The number of requests that were served before this one.
    { method: 'GET', path: '/count', handler: () => text(String(served)) },
    {
      method: 'GET',
      path: '/text/:bytes',
      handler: ({ request }) => (count(), 'x'.repeat(Number(request.param('bytes')))),
    },
    {
      method: 'GET',
      path: '/bytes/:bytes',
      handler: ({ request }) => (count(), Buffer.alloc(Number(request.param('bytes')), 'x')),
    },
    { method: 'GET', path: '/empty', handler: () => (count(), noContent()) },
    { method: 'GET', path: '/unchanged', handler: () => (count(), text('x', { status: 304 })) },
    { method: 'GET', path: '/missing', handler: () => (count(), notFound()) },
    { method: 'GET', path: '/closes', handler: () => text('bye', { headers: { Connection: 'close' } }) },
    {
      method: 'GET',
      path: '/closes-empty',
      handler: ({ response }) => void response.headers.set('Connection', 'close'),
    },
    { method: 'POST', path: '/limited', bodyLimit: 10, handler: async ({ request }) => request.text() },
    {
      method: 'GET',
      path: '/transferred',
      handler: () => {
        const body = Buffer.alloc(20_000_000);
        setTimeout(() => structuredClone(body.buffer, { transfer: [body.buffer] }), 50);
        return body;
      },
    },
    { method: 'GET', path: '/note', handler: ({ request }) => (notes.push(request.target), 'noted') },
  ],
});
