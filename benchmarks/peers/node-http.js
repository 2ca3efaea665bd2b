// Node's own server, by hand: a table of functions, no framework.
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import { URLSearchParams } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as payloads from '../workloads/payloads.js';
import { assignment } from './assignment.js';
import { readSession, startSession } from './signed-session.js';
import { isTrustedHost } from './trusted-host.js';

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const variants = {
  plain: answerPlain,
  stack: answerStack,
  gzip: answerGzip,
  routes: answerRoutes,
  fastrapi: answerFastrapi,
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
    const id = decodeURIComponent(path.slice('/users/'.length));
    return sendJson(response, { id, x: new URLSearchParams(query).get('x') });
  }
  if (path === '/echo') return readJson(request, response, (body) => sendJson(response, body, 201));
  if (path === '/text') {
    const headers = {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': payloads.LONG_TEXT.length,
    };
    return response.writeHead(200, headers).end(payloads.LONG_TEXT);
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
  if (origin === payloads.ORIGIN) {
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Credentials', 'true');
  }
  response.setHeader('Vary', payloads.VARY);
  return sendText(request, response, JSON.stringify({ hello: readSession(cookie)?.hello }));
}

function answerGzip(request, response, path) {
  if (path !== '/article') return false;
  response.setHeader('Vary', 'Accept-Encoding');
  return sendText(request, response, JSON.stringify(payloads.ARTICLE));
}

function answerRoutes(request, response, path) {
  return paths.has(path) && sendJson(response, payloads.GREETING);
}

function answerFastrapi(request, response, path, query) {
  if (path === '/') return sendJson(response, { Hello: new URLSearchParams(query).get('name') ?? 'World' });
  if (path === '/html') {
    return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('<h1>Hello</h1>');
  }
  if (path === '/register') {
    return readJson(request, response, ({ address, user }) => sendJson(response, { address, user }));
  }
  return sendJson(response, { Hello: decodeURIComponent(path.slice(1)) });
}

function sendJson(response, value, status = 200) {
  const body = JSON.stringify(value);
  response.writeHead(status, { ...JSON_HEADERS, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

function sendText(request, response, body) {
  const encodings = request.headers['accept-encoding'] ?? '';
  if (body.length < 500 || !encodings.includes('gzip'))
    return response.writeHead(200, JSON_HEADERS).end(body);
  return response
    .writeHead(200, { ...JSON_HEADERS, 'Content-Encoding': 'gzip' })
    .end(gzipSync(body, { level: 6 }));
}

function readJson(request, response, respond) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    let value;
    try {
      value = JSON.parse(Buffer.concat(chunks).toString());
    } catch {
      return response.writeHead(400).end();
    }
    respond(value);
  });
}
