// Who is measured. `versions` are the packages whose versions the results name.
import path from 'node:path';
import { FEATURES } from '../workloads/features.js';

const FOLDER = path.resolve(import.meta.dirname, '..');
export const SLUICE_PACKAGES = [
  'core',
  'compression',
  'cors',
  'session',
  'trusted-host',
  'https-redirect',
  'ip-filter',
  'rate-limit',
  'redis',
  'access-log',
  'cache-control',
  'csrf',
  'etag',
  'metrics',
  'health',
  'request-context',
  'request-id',
  'response-cache',
  'secure-defaults',
  'security-headers',
  'static',
  'timeout',
  'tracing',
  'under-pressure',
];

export const PEERS = [
  definePeer('raw', 'peers/raw.js', 'verify', ['uWebSockets.js']),
  // The policy of Sluice by hand, where it isn't that of the straightforward program: elsewhere they are the same.
  { ...definePeer('raw-cached', 'peers/raw.js', 'remember', []), workloads: ['d', 'i'], isEqual: true },
  {
    ...definePeer('raw-checked', 'peers/raw.js', 'check', []),
    workloads: ['a', 'b', 'c', 'g', 'j', 'k', 'fastrapi-post'],
    isEqual: true,
    checksBodies: true,
  },
  { ...definePeer('raw-ajv', 'peers/raw.js', 'ajv', ['ajv']), workloads: ['h'], checksBodies: true },
  { ...definePeer('sluice', 'dist/peers/sluice.js', 'main', []), checksBodies: true },
  {
    ...definePeer('sluice-zod', 'dist/peers/sluice.js', 'zod', ['zod']),
    workloads: ['h'],
    checksBodies: true,
  },
  {
    ...definePeer('sluice-valibot', 'dist/peers/sluice.js', 'valibot', ['valibot']),
    workloads: ['h'],
    checksBodies: true,
  },
  definePeer('node-http', 'peers/node-http.js', 'main', []),
  // The policy of Sluice by hand, as raw-cached and raw-checked have it.
  {
    ...definePeer('node-http-equal', 'peers/node-http.js', 'equal', []),
    workloads: ['c', 'd', 'h', 'i'],
    checksBodies: true,
  },
  {
    ...definePeer('sluice-node', 'dist/peers/sluice.js', 'main', []),
    checksBodies: true,
    env: { SLUICE_ENGINE: 'node' },
  },
  definePeer('hyper-express', 'peers/hyper-express.js', 'main', ['hyper-express']),
  definePeer('ultimate-express', 'peers/ultimate-express.js', 'hand', ['ultimate-express']),
  definePeer('fastify-uws', 'peers/fastify-uws.js', 'main', ['@geut/fastify-uws']),
  definePeer('fastify', 'peers/fastify.js', 'main', [
    'fastify',
    '@fastify/compress',
    '@fastify/cookie',
    '@fastify/cors',
  ]),
  definePeer('nest-fastify', 'dist/peers/nest.js', 'fastify', ['@nestjs/core', '@nestjs/platform-fastify']),
  // Not in package.json: where the registry does not have it, the other peers must install all the same.
  {
    ...definePeer('nest-node', 'dist/peers/nest.js', 'node', ['@nestjs/platform-node']),
    optional: '@nestjs/platform-node@^12.3.0',
  },
  definePeer('nest-express', 'dist/peers/nest.js', 'express', ['@nestjs/platform-express']),
  definePeer('express', 'peers/express.js', 'main', ['express', 'compression', 'cookie-session', 'cors']),
  definePeer('hono', 'peers/hono.js', 'main', ['hono', '@hono/node-server']),
  definePeer('routing-controllers', 'dist/peers/routing-controllers.js', 'main', ['routing-controllers']),
  definePythonPeer('fastapi', 'fastapi_program.py'),
  definePythonPeer('fastrapi', 'fastrapi_program.py'),
  ...FEATURES.map((feature) => ({
    ...definePeer(`sluice+${feature.name}`, 'dist/peers/sluice.js', feature.name, []),
    feature,
    groups: ['costs'],
  })),
];

/** Whether a peer takes part in a workload at all. */
export function takesPart(peer, workload) {
  if (workload.peers) return workload.peers.includes(peer.name);
  if (peer.workloads) return peer.workloads.includes(workload.id);
  if (workload.group !== 'costs') return peer.feature === undefined;
  return peer.feature !== undefined && (workload.id !== 'costs-heavy' || peer.feature.heavy);
}

/** The workload as a peer gets it: a feature can ask for something else. */
export function fitWorkload(workload, { feature }) {
  if (feature === undefined || workload.id === 'costs-heavy') return workload;
  const { request, expected } = workload;
  const headers = { ...request.headers, ...feature.asks.headers };
  return {
    ...workload,
    request: { ...request, ...feature.asks, headers },
    expected: { ...expected, ...feature.answers },
  };
}

function definePeer(name, file, flavour, versions) {
  return {
    name,
    versions,
    language: 'node',
    command: (variant, port, nodeOptions = []) => [
      process.execPath,
      [...nodeOptions, path.join(FOLDER, file), flavour, variant, String(port)],
    ],
  };
}

function definePythonPeer(name, file) {
  const python = path.join(FOLDER, '../.cache/benchmarks', name, 'bin/python');
  return {
    name,
    versions: [],
    language: 'python',
    python,
    requirements: path.join(FOLDER, 'python', `${name}.txt`),
    command: (variant, port) => [python, [path.join(FOLDER, 'python', file), variant, String(port)]],
  };
}
