// Node's own server, by hand, as a good engineer would write it: no framework, one head of flat lines, and the body with
// it. The flavours differ in policy as those of raw.js: `equal` remembers verified sessions and checks bodies.
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import { URLSearchParams } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as payloads from '../workloads/payloads.js';
import { assignment } from './assignment.js';
import { isOrder } from './check-order.js';
import { readCheckedJson, readJson } from './node-body.js';
import { readRememberedSession, readSession, startSession } from './signed-session.js';
import { isTrustedHost } from './trusted-host.js';

const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain; charset=utf-8';
const TEXT_LENGTH = String(payloads.LONG_TEXT.length);
const CORS_LINES = [
  'Access-Control-Allow-Origin',
  payloads.ORIGIN,
  'Access-Control-Allow-Credentials',
  'true',
];
const isEqual = assignment.flavour === 'equal';
const readBody = isEqual ? readCheckedJson : readJson;
const findSession = isEqual ? readRememberedSession : readSession;
const variants = {
  plain: answerPlain,
  stack: answerStack,
  gzip: answerGzip,
  routes: answerRoutes,
  fastrapi: answerFastrapi,
  orders: answerOrders,
};
const paths = new Set(payloads.listPaths(assignment.count));
const answer = variants[assignment.variant];

createServer((request, response) => {
  const mark = request.url.indexOf('?');
  const path = mark === -1 ? request.url : request.url.slice(0, mark);
  const query = mark === -1 ? '' : request.url.slice(mark + 1);
  if (answer(request, response, path, query) === false) response.writeHead(404).end();
}).listen(assignment.port, assignment.host);

function answerPlain(request, response, path, query) {
  if (path === '/') return sendJson(response, payloads.GREETING);
  if (path.startsWith('/users/')) {
    const id = decode(path.slice('/users/'.length));
    if (id === undefined) return void response.writeHead(400).end();
    return sendJson(response, { id, x: readQuery(query, 'x') });
  }
  if (path === '/echo') return void readBody(request, response, (body) => sendJson(response, body, 201));
  if (path === '/text') {
    return void response
      .writeHead(200, ['Content-Type', TEXT_TYPE, 'Content-Length', TEXT_LENGTH])
      .end(payloads.LONG_TEXT);
  }
  if (path === '/later') return void payloads.findGreeting().then((greeting) => sendJson(response, greeting));
  return false;
}

function answerStack(request, response, path) {
  if (path === '/login')
    return response.writeHead(204, { 'Set-Cookie': startSession({ hello: 'world' }) }).end();
  if (path !== '/') return false;
  const { host, origin, cookie } = request.headers;
  if (!isTrustedHost(host)) return response.writeHead(400).end();
  const grant = origin === payloads.ORIGIN ? CORS_LINES : [];
  const body = JSON.stringify({ hello: findSession(cookie)?.hello });
  return sendText(request, response, body, [...grant, 'Vary', payloads.VARY]);
}

function answerGzip(request, response, path) {
  if (path !== '/article') return false;
  return sendText(request, response, JSON.stringify(payloads.ARTICLE), ['Vary', 'Accept-Encoding']);
}

function answerRoutes(request, response, path) {
  return paths.has(path) && sendJson(response, payloads.GREETING);
}

function answerFastrapi(request, response, path, query) {
  if (path === '/') return sendJson(response, { Hello: readQuery(query, 'name') ?? 'World' });
  if (path === '/html') {
    return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('<h1>Hello</h1>');
  }
  if (path === '/register') {
    return void readBody(request, response, ({ address, user }) => sendJson(response, { address, user }));
  }
  return sendJson(response, { Hello: decode(path.slice(1)) });
}

/** A body that is checked. */
function answerOrders(request, response, path) {
  if (path !== '/orders') return false;
  readBody(request, response, (order) => {
    if (isOrder(order)) sendJson(response, order, 201);
    else response.writeHead(422).end();
  });
}

function sendJson(response, value, status = 200) {
  const body = JSON.stringify(value);
  const length = String(Buffer.byteLength(body));
  response.writeHead(status, ['Content-Type', JSON_TYPE, 'Content-Length', length]).end(body);
}

/** JSON text, compressed where it pays and is wanted. */
function sendText(request, response, body, lines) {
  const encodings = request.headers['accept-encoding'] ?? '';
  const isCompressed = body.length >= 500 && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(encodings);
  const content = isCompressed ? gzipSync(body, { level: 6 }) : body;
  if (isCompressed) lines.push('Content-Encoding', 'gzip');
  lines.push('Content-Type', JSON_TYPE, 'Content-Length', String(Buffer.byteLength(content)));
  response.writeHead(200, lines).end(content);
}

/** The first value of a query parameter; null if there is none. */
function readQuery(query, name) {
  if (query.includes('%') || query.includes('+')) return new URLSearchParams(query).get(name);
  for (const part of query.split('&')) if (part.startsWith(`${name}=`)) return part.slice(name.length + 1);
  return null;
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
