// What is sent to see whether memory grows: a good part of it is new with every request, as the numbers of users, the
// names of hosts and origins, and sessions are; what a server remembers of them without bound shows.
import { NOTE, ORIGIN } from './payloads.js';

/** Replaced by a number of as many digits, another one each time. */
export const NUMBER = 'NNNNNNNNNN';
/** Replaced by the session that was set last. */
export const COOKIE = 'SESSIONCOOKIE';

const JSON_HEADERS = { 'content-type': 'application/json' };

/** In turn. wrk adds a Host of its own unless there is one, written so. `status` is what must come back. */
export const MIXED_REQUESTS = [
  get(200, '/', { origin: ORIGIN, 'accept-encoding': 'gzip', cookie: COOKIE }),
  get(200, '/visit', { cookie: COOKIE }),
  get(200, '/', { cookie: `session=${NUMBER}.${NUMBER}.${NUMBER}` }),
  get(200, `/users/${NUMBER}?x=${NUMBER}`, { origin: `https://${NUMBER}.example` }),
  get(200, '/article', { 'accept-encoding': `gzip;q=0.9, x-${NUMBER}` }),
  get(200, '/later', { 'user-agent': NUMBER }),
  post(201, '/echo', JSON.stringify(NOTE)),
  post(201, '/echo', `{"${NUMBER}":"${NUMBER}"}`),
  post(400, '/echo', `{"${NUMBER}"`),
  get(404, `/${NUMBER}`),
  get(409, '/refused'),
  get(400, '/', { Host: `${NUMBER}.example` }),
];

function get(status, path, headers = {}) {
  return { method: 'GET', path, headers, body: undefined, status };
}

function post(status, path, body) {
  return { method: 'POST', path, headers: JSON_HEADERS, body, status };
}
