// The plugins of workload l for Fastify: what `secureDefaults` of Sluice has, from Fastify's own packages.
import { randomUUID } from 'node:crypto';
import fastifyEtag from '@fastify/etag';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import { addCompression } from './fastify-plugins.js';
import { DROPPED, LIMIT, WINDOW_SECONDS } from './service.js';
import { isTrustedHost } from './trusted-host.js';

/** The options of the application that belong to it: ids and the log of requests. */
export const DEFAULTS_OPTIONS = { genReqId: () => randomUUID(), logger: { stream: DROPPED } };

/** In their order, outermost first. */
export async function addDefaults(app) {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    if (!isTrustedHost(request.headers.host)) return reply.code(400).send();
    done();
  });
  await app.register(fastifyHelmet);
  await app.register(fastifyRateLimit, {
    max: LIMIT,
    timeWindow: WINDOW_SECONDS * 1000,
    enableDraftSpec: true,
  });
  await addCompression(app);
  await app.register(fastifyEtag, { weak: true });
}
