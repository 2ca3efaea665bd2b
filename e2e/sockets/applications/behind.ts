import { setTimeout as wait } from 'node:timers/promises';
import { gzip } from '@sluice/compression';
import { bytes, json, sse } from '@sluice/core';
import { notes, serve } from '../serve';

const KIBIBYTE = 1024;

let received = 0;

/** Three events. Each but the first is made when the client has confirmed the one before. */
async function* makeEvents(): AsyncGenerator<number> {
  received = 0;
  for (let number = 1; number <= 3; number++) {
    yield number;
    while (received < number) await wait(5);
  }
}

void serve({
  // The clients of the tests are on the loopback interface too, so its addresses cannot be trusted.
  trustProxy: 1,
  bodyLimit: 16 * KIBIBYTE * KIBIBYTE,
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
    {
      method: 'POST',
      path: '/small',
      bodyLimit: 64 * KIBIBYTE,
      handler: async ({ request }) => bytes(await request.bytes()),
    },
    { method: 'GET', path: '/events', handler: () => sse(makeEvents()) },
    { method: 'POST', path: '/received', handler: () => String(++received) },
    { method: 'GET', path: '/page', handler: () => 'sluice '.repeat(1000), middleware: [gzip()] },
  ],
});
