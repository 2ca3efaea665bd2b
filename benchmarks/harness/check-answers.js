// Proof, before anything is timed, that every peer answers the same: status, relevant headers, bytes.
import { gunzipSync } from 'node:zlib';
import { fitWorkload } from '../peers/peers.js';
import { MIXED_REQUESTS } from '../workloads/mixed-requests.js';
import { WRONG_ORDERS } from '../workloads/orders.js';
import { prepareRequest } from './log-in.js';
import { sendRequest } from './send-request.js';
import { startServer, stopServer } from './server.js';

/** Headers that must not be there unless the workload expects them: they would mean other work. */
const UNEXPECTED = ['content-encoding', 'set-cookie', 'access-control-allow-origin'];

/** What a peer does differently in a workload, one sentence; undefined when all is as it should be. */
export async function findDifference(peer, workloadOfAll) {
  const workload = fitWorkload(workloadOfAll, peer);
  let server;
  try {
    server = await startServer(peer, workload);
    const request = await prepareRequest(server.port, workload);
    return (
      (await compareTwice(server.port, request, workload.expected, workload.group === 'costs')) ??
      (await tryIntrusions(server.port, request, workload)) ??
      (await tryMixture(server.port, workload)) ??
      (await tryWrongOrders(server.port, workload)) ??
      (peer.checksBodies ? await tryBadBodies(server.port, workload.request) : undefined)
    );
  } catch (error) {
    return `does not run: ${error.message}`;
  } finally {
    if (server) await stopServer(server);
  }
}

/** Twice, because a cache may answer the second time. */
async function compareTwice(port, request, expected, bodyOnly) {
  const first = compare(await sendRequest(port, request), expected, bodyOnly);
  return first ?? compare(await sendRequest(port, request), expected, bodyOnly);
}

function compare(answer, expected, bodyOnly) {
  if (answer.status !== expected.status) return `status ${answer.status}, not ${expected.status}`;
  const isGzip = answer.headers['content-encoding'] === 'gzip';
  if (expected.body === undefined) return undefined;
  const body = (isGzip ? gunzipSync(answer.body) : answer.body).toString();
  if (body !== expected.body) return `body ${shorten(body)}, not ${shorten(expected.body)}`;
  if (bodyOnly) return undefined;
  const wanted = Object.entries(expected.headers);
  const wrong = wanted.find(
    ([name, value]) => normalize(name, answer.headers[name]) !== normalize(name, value),
  );
  if (wrong) return `${wrong[0]}: ${answer.headers[wrong[0]]}, not ${wrong[1]}`;
  const extra = UNEXPECTED.find((name) => name in answer.headers && !(name in expected.headers));
  return extra && `${extra}: ${answer.headers[extra]}, which nobody asked for`;
}

/** That the middleware is really there: a foreign host is refused, a forged cookie opens no session. */
async function tryIntrusions(port, request, { variant, expected }) {
  if (variant !== 'stack') return undefined;
  const { headers } = request;
  const foreign = await sendRequest(port, { ...request, headers: { ...headers, host: 'evil.example' } });
  if (foreign.status !== 400) return `status ${foreign.status} for a foreign host, not 400`;
  const forged = await sendRequest(port, {
    ...request,
    headers: { ...headers, cookie: forge(headers.cookie) },
  });
  return forged.body.toString() === expected.body ? 'a forged session was believed' : undefined;
}

/** That all of the mixed requests are answered as they should be; their statuses are not looked at under load. */
async function tryMixture(port, { variant }) {
  if (variant !== 'mixed') return undefined;
  for (const { status: wanted, ...request } of MIXED_REQUESTS) {
    const { status } = await sendRequest(port, request);
    if (status !== wanted) return `status ${status} for ${request.method} ${request.path}, not ${wanted}`;
  }
  return undefined;
}

/** That what is validated is really refused. */
async function tryWrongOrders(port, { variant, request }) {
  if (variant !== 'orders') return undefined;
  for (const body of WRONG_ORDERS.map((order) => JSON.stringify(order))) {
    const { status } = await sendRequest(port, { ...request, body });
    if (status !== 422) return `status ${status} for ${shorten(body)}, not 422`;
  }
  return undefined;
}

/** That bodies are really checked, by those whose costs are compared because they do. */
async function tryBadBodies(port, request) {
  if (request.body === undefined) return undefined;
  const attempts = [
    [415, { headers: { 'content-type': 'text/plain' } }],
    [413, { headers: { ...request.headers, 'content-length': 2 ** 30 }, body: undefined }],
    [400, { body: Buffer.from([0x22, 0xff, 0x22]) }],
    [400, { body: '{"__proto__":{}}' }],
  ];
  for (const [wanted, change] of attempts) {
    const { status } = await sendRequest(port, { ...request, ...change });
    if (status !== wanted) return `status ${status} for a bad body, not ${wanted}`;
  }
  return undefined;
}

/** Every cookie with one character changed in the middle. */
function forge(cookies) {
  return cookies
    .split('; ')
    .map((cookie) => {
      const middle = Math.floor((cookie.indexOf('=') + cookie.length) / 2);
      const other = cookie[middle] === 'A' ? 'B' : 'A';
      return cookie.slice(0, middle) + other + cookie.slice(middle + 1);
    })
    .join('; ');
}

/** Vary is a set of names; the charset of JSON is a matter of taste. */
function normalize(name, value = '') {
  if (name === 'content-type') return value.split(';')[0];
  if (name !== 'vary') return value;
  const names = value
    .toLowerCase()
    .split(',')
    .map((each) => each.trim());
  return [...new Set(names)].sort().join();
}

function shorten(text) {
  return text.length <= 60 ? text : `${text.slice(0, 57)}... (${text.length} characters)`;
}
