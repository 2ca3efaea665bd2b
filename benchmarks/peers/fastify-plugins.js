// The plugins that a Fastify application would have for workloads d and e; Nest on Fastify has them, too.
import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyCors from '@fastify/cors';
import { ORIGIN, SESSION_SECONDS, SESSION_SECRET, VARY } from '../workloads/payloads.js';
import { isTrustedHost } from './trusted-host.js';

const COOKIE = { path: '/', httpOnly: true, sameSite: 'lax', maxAge: SESSION_SECONDS, signed: true };

/** gzip from 500 bytes on. */
export async function addCompression(app) {
  await app.register(fastifyCompress, { threshold: 500, encodings: ['gzip'], zlibOptions: { level: 6 } });
}

/** In their order, outermost first. */
export async function addStack(app) {
  app.addHook('onRequest', (request, reply, done) => {
    if (!isTrustedHost(request.headers.host)) return reply.code(400).send();
    done();
  });
  await app.register(fastifyCors, { origin: [ORIGIN], credentials: true });
  await addCompression(app);
  await app.register(fastifyCookie, { secret: SESSION_SECRET });
}

/** A session in a signed cookie, with the age in it. */
export function startSession(reply, data) {
  const expires = Date.now() + SESSION_SECONDS * 1000;
  reply.setCookie('session', JSON.stringify({ expires, data }), COOKIE);
}

/** The data of the session, `{}` without one; the response says that it depends on the cookie. */
export function readSession(request, reply) {
  reply.header('Vary', VARY);
  const { valid, value } = request.unsignCookie(request.cookies.session ?? '');
  if (!valid) return {};
  const { expires, data } = JSON.parse(value);
  return expires > Date.now() ? data : {};
}
