import { setTimeout as wait } from 'node:timers/promises';
import { json, type Context } from '@sluice/core';
import { serve } from '../serve';

const read = ({ request }: Context): unknown => ({
  path: request.path,
  rawQuery: request.rawQuery,
  query: request.query.get('q'),
  name: request.param('name'),
  header: request.header('x-name') ?? null,
  headers: request.headerLines('x-name'),
});

void serve({
  routes: [
    { method: 'GET', path: '/', handler: () => 'alive' },
    { method: 'GET', path: '/early/:name', handler: (context) => json(read(context)) },
    {
      method: 'GET',
      path: '/late/:name',
      handler: async (context) => (await wait(1), json(read(context))),
    },
  ],
});
