// µWebSockets by hand, as a good engineer would write it: no layers, headers read once and only where needed,
// the whole response in one cork. The flavours differ in policy: `verify` computes the MAC of every session and takes
// a body as it comes, `remember` keeps a bounded memory of verified tokens and `check` checks heads and bodies, as Sluice does;
// `ajv` is `check` with orders validated by ajv instead of by hand.
import { gzipSync } from 'node:zlib';
import * as payloads from '../workloads/payloads.js';
import { assignment } from './assignment.js';
import { isOrder } from './check-order.js';
import { loadEngine } from './load-engine.js';
import { readCheckedJson, readJson } from './raw-body.js';
import { isHeadRefused } from './raw-head.js';
import { readRememberedSession, readSession, startSession } from './signed-session.js';
import { isTrustedHost } from './trusted-host.js';

const JSON_TYPE = 'application/json';
const variants = {
  plain: addPlain,
  // Without any of the middleware.
  family: addPlain,
  stack: addStack,
  gzip: addGzip,
  routes: addRoutes,
  fastrapi: addFastrapi,
  costs: addCosts,
  mixed: addMixed,
  orders: addOrders,
};
const readBody = ['check', 'ajv'].includes(assignment.flavour) ? readCheckedJson : readJson;
const findSession = assignment.flavour === 'remember' ? readRememberedSession : readSession;

const app = loadEngine().App();
await variants[assignment.variant]();
// As Sluice listens: without it a second process on the port would silently take half of the connections.
const LISTEN_EXCLUSIVE_PORT = 1;
app.listen(assignment.host, assignment.port, LISTEN_EXCLUSIVE_PORT, (socket) => {
  if (!socket) throw new Error(`Port ${assignment.port} is taken.`);
});

function addPlain() {
  get('/', (res) => sendJson(res, payloads.GREETING));
  get('/users/:id', (res, req) => {
    const id = decode(req.getParameter(0));
    if (id === undefined) return refuse(res, '400 Bad Request');
    sendJson(res, { id, x: req.getQuery('x') });
  });
  app.post('/echo', (res, req) => {
    readBody(res, req, (body) => {
      res.writeStatus('201 Created');
      sendJson(res, body);
    });
  });
  get('/text', (res) => {
    res.writeHeader('Content-Type', 'text/plain; charset=utf-8').end(payloads.LONG_TEXT);
  });
  get('/later', async (res) => {
    let aborted = false;
    res.onAborted(() => (aborted = true));
    const greeting = await payloads.findGreeting();
    if (!aborted) res.cork(() => sendJson(res, greeting));
  });
}

function addStack() {
  app.post('/login', (res) => {
    res.writeHeader('Set-Cookie', startSession({ hello: 'world' })).end();
  });
  app.get('/', (res, req) => {
    if (!isTrustedHost(req.getHeader('host'))) return refuse(res, '400 Bad Request');
    const origin = req.getHeader('origin');
    const encodings = req.getHeader('accept-encoding');
    const session = findSession(req.getHeader('cookie'));
    const body = JSON.stringify({ hello: session?.hello });
    if (origin === payloads.ORIGIN) {
      res
        .writeHeader('Access-Control-Allow-Origin', origin)
        .writeHeader('Access-Control-Allow-Credentials', 'true');
    }
    res.writeHeader('Vary', payloads.VARY);
    sendText(res, body, encodings);
  });
}

function addGzip() {
  app.get('/article', (res, req) => {
    const encodings = req.getHeader('accept-encoding');
    res.writeHeader('Vary', 'Accept-Encoding');
    sendText(res, JSON.stringify(payloads.ARTICLE), encodings);
  });
}

function addRoutes() {
  for (const path of payloads.listPaths(assignment.count))
    get(path, (res) => sendJson(res, payloads.GREETING));
}

function addFastrapi() {
  get('/', (res, req) => sendJson(res, { Hello: req.getQuery('name') ?? 'World' }));
  get('/html', (res) => {
    res.writeHeader('Content-Type', 'text/html; charset=utf-8').end('<h1>Hello</h1>');
  });
  get('/:name', (res, req) => {
    const name = decode(req.getParameter(0));
    if (name === undefined) return refuse(res, '400 Bad Request');
    sendJson(res, { Hello: name });
  });
  app.post('/register', (res, req) => {
    readBody(res, req, ({ address, user }) => sendJson(res, { address, user }));
  });
}

/** A body that is checked: by hand, or by ajv. */
async function addOrders() {
  const isValid = assignment.flavour === 'ajv' ? await compileByAjv() : isOrder;
  app.post('/orders', (res, req) => {
    readBody(res, req, (order) => {
      if (!isValid(order)) return refuse(res, '422 Unprocessable Content');
      res.writeStatus('201 Created');
      sendJson(res, order);
    });
  });
}

async function compileByAjv() {
  const { Ajv } = await import('ajv');
  const { JSON_SCHEMA_ORDER } = await import('./order-json-schema.js');
  return new Ajv().compile(JSON_SCHEMA_ORDER);
}

/** For the growth of memory: everything that has state, or could have. The last of equal paths is the one served. */
function addMixed() {
  let visits = 0;
  addPlain();
  addGzip();
  addStack();
  app.get('/visit', (res) => {
    visits += 1;
    res.writeHeader('Set-Cookie', startSession({ hello: 'world', visits }));
    sendJson(res, payloads.GREETING);
  });
  app.get('/refused', (res) => refuse(res, '409 Conflict'));
  app.any('/*', (res) => refuse(res, '404 Not Found'));
}

/** No middleware at all: what the others are compared with. */
function addCosts() {
  app.post('/login', (res) => {
    res.end();
  });
  app.get('/', (res) => sendJson(res, payloads.GREETING));
  app.get('/heavy', (res) =>
    sendJson(res, { data: 'x'.repeat(1000), note: 'Check content-encoding header!' }),
  );
}

/** A route; the flavour `check` looks at the head of each request first. */
function get(path, handler) {
  if (assignment.flavour !== 'check') return app.get(path, handler);
  app.get(path, (res, req) => (isHeadRefused(req) ? refuse(res, '400 Bad Request') : handler(res, req)));
}

function sendJson(res, value) {
  res.writeHeader('Content-Type', JSON_TYPE).end(JSON.stringify(value));
}

/** JSON text, compressed where it pays and is wanted. */
function sendText(res, body, encodings) {
  res.writeHeader('Content-Type', JSON_TYPE);
  if (body.length < 500 || !/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(encodings)) return res.end(body);
  res.writeHeader('Content-Encoding', 'gzip').end(gzipSync(body, { level: 6 }));
}

function refuse(res, status) {
  res.writeStatus(status).end();
}

/** Undefined when it is malformed. */
function decode(text) {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
