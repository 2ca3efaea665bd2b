import { bytes, json } from '@sluice/core';
import { notes, serve } from '../serve';

void serve({
  // The clients of the tests are on the loopback interface too, so its addresses cannot be trusted.
  trustProxy: 1,
  bodyLimit: 8 * 1024 * 1024,
  routes: [
    { method: 'GET', path: '/', handler: () => 'alive' },
    { method: 'GET', path: '/health', handler: () => 'up' },
    {
      method: 'GET',
      path: '/client',
      handler: ({ request }) => json([request.address, request.protocol, request.host]),
    },
    { method: 'ALL', path: '/note', handler: ({ request }) => (notes.push(request.target), 'noted') },
    { method: 'POST', path: '/ignore', handler: () => 'ignored' },
    { method: 'POST', path: '/echo', handler: async ({ request }) => bytes(await request.bytes()) },
  ],
});
