// hyper-express with its own cookie signing; CORS, hosts and gzip as middleware by hand, as it brings none.
import { gzipSync } from 'node:zlib';
import HyperExpress from 'hyper-express';
import * as payloads from '../workloads/payloads.js';
import { assignment } from './assignment.js';
import { isTrustedHost } from './trusted-host.js';

const server = new HyperExpress.Server();
const variants = {
  plain: addPlain,
  stack: addStack,
  gzip: addGzip,
  routes: addRoutes,
  fastrapi: addFastrapi,
};

variants[assignment.variant]();
await server.listen(assignment.port, assignment.host);

function addPlain() {
  server.get('/', (request, response) => response.json(payloads.GREETING));
  server.get('/users/:id', (request, response) => {
    response.json({ id: request.path_parameters.id, x: request.query_parameters.x });
  });
  server.post('/echo', async (request, response) => response.status(201).json(await request.json()));
  server.get('/text', (request, response) => {
    response.header('Content-Type', 'text/plain; charset=utf-8').send(payloads.LONG_TEXT);
  });
  server.get('/later', async (request, response) => response.json(await payloads.findGreeting()));
}

function addStack() {
  server.use((request, response, next) => {
    if (isTrustedHost(request.headers.host)) return next();
    response.status(400).send();
  });
  server.use((request, response, next) => {
    if (request.headers.origin === payloads.ORIGIN) {
      response.header('Access-Control-Allow-Origin', payloads.ORIGIN);
      response.header('Access-Control-Allow-Credentials', 'true');
    }
    response.header('Vary', payloads.VARY);
    next();
  });
  server.use((request, response, next) => {
    const signed = request.cookies.session;
    const json = signed === undefined ? undefined : request.unsign(signed, payloads.SESSION_SECRET);
    const { expires, data } = json === undefined ? {} : JSON.parse(json);
    request.locals.session = expires > Date.now() ? data : {};
    next();
  });
  server.post('/login', (request, response) => {
    const expires = Date.now() + payloads.SESSION_SECONDS * 1000;
    const json = JSON.stringify({ expires, data: { hello: 'world' } });
    const options = { path: '/', httpOnly: true, secret: payloads.SESSION_SECRET };
    response
      .cookie('session', json, payloads.SESSION_SECONDS * 1000, options)
      .status(204)
      .send();
  });
  server.get('/', (request, response) =>
    sendJson(request, response, { hello: request.locals.session.hello }),
  );
}

function addGzip() {
  server.get('/article', (request, response) => {
    response.header('Vary', 'Accept-Encoding');
    sendJson(request, response, payloads.ARTICLE);
  });
}

function addRoutes() {
  for (const path of payloads.listPaths(assignment.count)) {
    server.get(path, (request, response) => response.json(payloads.GREETING));
  }
}

function addFastrapi() {
  server.get('/', (request, response) => response.json({ Hello: request.query_parameters.name ?? 'World' }));
  server.get('/html', (request, response) => response.html('<h1>Hello</h1>'));
  server.get('/:name', (request, response) => response.json({ Hello: request.path_parameters.name }));
  server.post('/register', async (request, response) => {
    const { address, user } = await request.json();
    response.json({ address, user });
  });
}

function sendJson(request, response, value) {
  const body = JSON.stringify(value);
  response.header('Content-Type', 'application/json');
  if (body.length < 500 || !request.headers['accept-encoding']?.includes('gzip')) return response.send(body);
  response.header('Content-Encoding', 'gzip').send(gzipSync(body, { level: 6 }));
}
