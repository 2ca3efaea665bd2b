// Hono on Node with its own middleware and its own signed cookies.
import { Buffer } from 'node:buffer';
import { serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import { rateLimiter } from 'hono-rate-limiter';
import { compress } from 'hono/compress';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { cors } from 'hono/cors';
import { csrf } from 'hono/csrf';
import { etag } from 'hono/etag';
import { logger } from 'hono/logger';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import * as payloads from '../workloads/payloads.js';
import { assignment } from './assignment.js';
import { DROPPED, LIMIT, WINDOW_SECONDS } from './service.js';
import { isTrustedHost } from './trusted-host.js';

const app = new Hono();
const variants = {
  plain: addPlain,
  stack: addStack,
  defaults: addService,
  gzip: addGzip,
  routes: addRoutes,
  fastrapi: addFastrapi,
};
const compressLarge = compress({ encoding: 'gzip', threshold: 500 });

variants[assignment.variant]();
serve({ fetch: app.fetch, port: assignment.port, hostname: assignment.host });

function addPlain() {
  app.get('/', (context) => context.json(payloads.GREETING));
  app.get('/users/:id', (context) =>
    context.json({ id: context.req.param('id'), x: context.req.query('x') }),
  );
  app.post('/echo', async (context) => context.json(await context.req.json(), 201));
  app.get('/text', (context) => {
    return context.body(payloads.LONG_TEXT, 200, { 'Content-Type': 'text/plain; charset=utf-8' });
  });
  app.get('/later', async (context) => context.json(await payloads.findGreeting()));
}

function addStack() {
  app.use((context, next) => (isTrustedHost(context.req.header('host')) ? next() : context.body(null, 400)));
  app.use(cors({ origin: [payloads.ORIGIN], credentials: true }));
  app.use(compressLarge);
  app.post('/login', async (context) => {
    const expires = Date.now() + payloads.SESSION_SECONDS * 1000;
    const json = JSON.stringify({ expires, data: { hello: 'world' } });
    const options = { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: payloads.SESSION_SECONDS };
    await setSignedCookie(context, 'session', json, payloads.SESSION_SECRET, options);
    return context.body(null, 204);
  });
  app.get('/', async (context) => {
    const json = await getSignedCookie(context, payloads.SESSION_SECRET, 'session');
    const { expires, data } = json ? JSON.parse(json) : {};
    return sendJson(context, { hello: expires > Date.now() ? data.hello : undefined }, payloads.VARY);
  });
}

function addService() {
  app.use(requestId());
  app.use(logger(DROPPED.write));
  app.use((context, next) => (isTrustedHost(context.req.header('host')) ? next() : context.body(null, 400)));
  app.use(secureHeaders());
  app.use(
    rateLimiter({
      limit: LIMIT,
      windowMs: WINDOW_SECONDS * 1000,
      standardHeaders: 'draft-7',
      keyGenerator: (context) => getConnInfo(context).remote.address,
    }),
  );
  app.use(compressLarge);
  app.use(etag({ weak: true }));
  app.use(csrf());
  app.get('/', (context) => sendJson(context, payloads.GREETING, 'Accept-Encoding'));
}

function addGzip() {
  app.use(compressLarge);
  app.get('/article', (context) => sendJson(context, payloads.ARTICLE, 'Accept-Encoding'));
}

function addRoutes() {
  for (const path of payloads.listPaths(assignment.count)) {
    app.get(path, (context) => context.json(payloads.GREETING));
  }
}

function addFastrapi() {
  app.get('/', (context) => context.json({ Hello: context.req.query('name') ?? 'World' }));
  app.get('/html', (context) => context.html('<h1>Hello</h1>'));
  app.get('/:name', (context) => context.json({ Hello: context.req.param('name') }));
  app.post('/register', async (context) => {
    const { address, user } = await context.req.json();
    return context.json({ address, user });
  });
}

/** Its compression looks at Content-Length, which its own json() doesn't set, and never sets Vary. */
function sendJson(context, value, vary) {
  const body = JSON.stringify(value);
  context.header('Vary', vary);
  context.header('Content-Length', String(Buffer.byteLength(body)));
  return context.body(body, 200, { 'Content-Type': 'application/json' });
}
