// One application for Fastify and for Fastify on µWebSockets.
import fastify from 'fastify';
import * as payloads from '../workloads/payloads.js';
import { assignment } from './assignment.js';
import { addDefaults, DEFAULTS_OPTIONS } from './fastify-defaults.js';
import { addCompression, addStack, readSession, startSession } from './fastify-plugins.js';
import { JSON_SCHEMA_ORDER } from './order-json-schema.js';

/** ajv as it is by itself: Fastify would make values into the type that is due, and take away unknown keys. */
const STRICT = { ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } };

/** Makes the application that was asked for and listens. */
export async function startFastify(options = {}) {
  const service = assignment.variant === 'defaults' ? DEFAULTS_OPTIONS : {};
  const app = fastify({ ...STRICT, ...service, ...options });
  const variants = {
    plain: addPlain,
    stack: addSessions,
    defaults: addService,
    gzip: addGzip,
    routes: addRoutes,
    fastrapi: addFastrapi,
    orders: addOrders,
  };
  await variants[assignment.variant](app);
  await app.listen({ port: assignment.port, host: assignment.host });
}

function addPlain(app) {
  app.get('/', (request, reply) => {
    reply.send(payloads.GREETING);
  });
  app.get('/users/:id', (request, reply) => {
    reply.send({ id: request.params.id, x: request.query.x });
  });
  app.post('/echo', (request, reply) => {
    reply.code(201).send(request.body);
  });
  app.get('/text', (request, reply) => {
    reply.type('text/plain; charset=utf-8').send(payloads.LONG_TEXT);
  });
  app.get('/later', async () => await payloads.findGreeting());
}

async function addSessions(app) {
  await addStack(app);
  app.post('/login', (request, reply) => {
    startSession(reply, { hello: 'world' });
    reply.code(204).send();
  });
  app.get('/', (request, reply) => {
    reply.send({ hello: readSession(request, reply).hello });
  });
}

async function addService(app) {
  await addDefaults(app);
  addPlain(app);
}

async function addGzip(app) {
  await addCompression(app);
  app.get('/article', (request, reply) => {
    reply.send(payloads.ARTICLE);
  });
}

function addRoutes(app) {
  for (const path of payloads.listPaths(assignment.count)) {
    app.get(path, (request, reply) => {
      reply.send(payloads.GREETING);
    });
  }
}

function addFastrapi(app) {
  app.get('/', (request, reply) => {
    reply.send({ Hello: request.query.name ?? 'World' });
  });
  app.get('/html', (request, reply) => {
    reply.type('text/html; charset=utf-8').send('<h1>Hello</h1>');
  });
  app.get('/:name', (request, reply) => {
    reply.send({ Hello: request.params.name });
  });
  app.post('/register', (request, reply) => {
    const { address, user } = request.body;
    reply.send({ address, user });
  });
}

function addOrders(app) {
  app.setErrorHandler((error, request, reply) => {
    reply.code(error.validation ? 422 : (error.statusCode ?? 500)).send();
  });
  app.post('/orders', { schema: { body: JSON_SCHEMA_ORDER } }, (request, reply) => {
    reply.code(201).send(request.body);
  });
}
