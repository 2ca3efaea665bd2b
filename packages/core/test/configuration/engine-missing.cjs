// Listens in a process without a build of the engine, and prints the error as JSON.
const Module = require('node:module');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const ts = require('typescript');

const compilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  experimentalDecorators: true,
};
require.extensions['.ts'] = (module, file) =>
  module._compile(ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions }).outputText, file);

// With a folder as argument the builds are installed there, else nowhere.
const [, , folder] = process.argv;
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  if (!request.startsWith('uWebSockets.js')) return resolveFilename.call(this, request, ...rest);
  if (folder !== undefined) return path.join(folder, 'node_modules', request, 'uws.js');
  throw new Error(`Cannot find module '${request}'\nRequire stack: …`);
};

const { createApp } = require(path.resolve(__dirname, '../../src/index.ts'));

const routes = [{ method: 'GET', path: '/', handler: () => 'on a socket' }];

async function runAutomatic() {
  const logged = [];
  const logger = { info: (line) => logged.push(line), warn() {}, error() {} };
  const app = await createApp({ routes, logger });
  const { url } = await app.listen({ port: 0, handleSignals: false });
  const answer = await (await globalThis.fetch(url)).text();
  await app.close();
  return [answer, app.engine, logged];
}

async function run() {
  const automatic = await runAutomatic();
  const app = await createApp({ routes, engine: 'uws' });
  const answered = (await app.inject({ url: '/' })).text();
  const { name, problems, message } = await app.listen({ port: 0 }).catch((reason) => reason);
  process.stdout.write(JSON.stringify({ answered, automatic, name, problems, message }));
}

void run();
