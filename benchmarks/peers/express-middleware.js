// The middleware that an Express application would have for workloads d and e.
import compression from 'compression';
import cookieSession from 'cookie-session';
import cors from 'cors';
import { ORIGIN, SESSION_SECONDS, SESSION_SECRET } from '../workloads/payloads.js';
import { assignment } from './assignment.js';
import { readSession, startSession } from './signed-session.js';
import { isTrustedHost } from './trusted-host.js';

export const compress = compression({ threshold: 500, level: 6 });

/** cookie-session, which keeps its data in a signed cookie. */
const cookieSessions = {
  middleware: cookieSession({
    name: 'session',
    keys: [SESSION_SECRET],
    maxAge: SESSION_SECONDS * 1000,
    sameSite: 'lax',
  }),
  start(request, response, data) {
    Object.assign(request.session, data);
  },
};

/** Signed by hand, for ultimate-express: cookie-session sets no cookie there. */
const handSessions = {
  middleware(request, response, next) {
    request.session = readSession(request.headers.cookie) ?? {};
    next();
  },
  start(request, response, data) {
    response.set('Set-Cookie', startSession(data));
  },
};

export const sessions = assignment.flavour === 'hand' ? handSessions : cookieSessions;

/** In their order, outermost first. */
export const stack = [
  (request, response, next) => (isTrustedHost(request.headers.host) ? next() : response.status(400).end()),
  cors({ origin: [ORIGIN], credentials: true }),
  compress,
  sessions.middleware,
  (request, response, next) => {
    // cookie-session leaves it out, and Nest's own adapter has no vary().
    if (response.vary) response.vary('Cookie');
    else response.appendHeader('Vary', 'Cookie');
    next();
  },
];
