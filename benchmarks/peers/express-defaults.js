// The middleware of workload l for Express, outermost first: what `secureDefaults` of Sluice has, from the usual packages.
// Nothing here compares with csrf and timeout, which cost a GET that is answered at once nothing.
import { randomUUID } from 'node:crypto';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { DROPPED, LIMIT, WINDOW_SECONDS } from './service.js';
import { compress } from './express-middleware.js';
import { isTrustedHost } from './trusted-host.js';

export const defaults = [
  (request, response, next) => {
    request.id = randomUUID();
    response.setHeader('X-Request-Id', request.id);
    next();
  },
  pinoHttp({}, DROPPED),
  (request, response, next) => (isTrustedHost(request.headers.host) ? next() : response.status(400).end()),
  helmet(),
  rateLimit({
    limit: LIMIT,
    windowMs: WINDOW_SECONDS * 1000,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
  }),
  compress,
];
