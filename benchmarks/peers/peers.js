// Who is measured. `versions` are the packages whose versions the results name.
import path from 'node:path';

const FOLDER = path.resolve(import.meta.dirname, '..');
export const SLUICE_PACKAGES = ['core', 'compression', 'cors', 'session', 'trusted-host'];

const FLAVOURS_OF_COSTS = [
  'none',
  'own',
  'trusted-host',
  'cors',
  'gzip',
  'session-unread',
  'session',
  'stack',
];

export const PEERS = [
  definePeer('raw', 'peers/raw.js', 'verify', ['uWebSockets.js']),
  // The policy of @sluice/session, by hand; elsewhere it would be the same program as `raw`.
  { ...definePeer('raw-cached', 'peers/raw.js', 'remember', []), workloads: ['d', 'i'] },
  definePeer('sluice', 'dist/peers/sluice.js', 'main', []),
  definePeer('node-http', 'peers/node-http.js', 'main', []),
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
  definePeer('nest-express', 'dist/peers/nest.js', 'express', ['@nestjs/platform-express']),
  definePeer('express', 'peers/express.js', 'main', ['express', 'compression', 'cookie-session', 'cors']),
  definePeer('hono', 'peers/hono.js', 'main', ['hono', '@hono/node-server']),
  definePeer('routing-controllers', 'dist/peers/routing-controllers.js', 'main', ['routing-controllers']),
  definePythonPeer('fastapi', 'fastapi_program.py'),
  definePythonPeer('fastrapi', 'fastrapi_program.py'),
  ...FLAVOURS_OF_COSTS.map((flavour) => ({
    ...definePeer(`sluice+${flavour}`, 'dist/peers/sluice.js', flavour, []),
    groups: ['costs'],
  })),
];

/** Whether a peer takes part in a workload at all. */
export function takesPart(peer, workload) {
  if (peer.workloads) return peer.workloads.includes(workload.id);
  if (workload.group === 'costs') return peer.name === 'raw' || peer.groups?.includes('costs') === true;
  return peer.groups === undefined;
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
