// Lets a child process run the repository's TypeScript as it is, as jest does for the tests: no build can be stale.
// Used as `node --require e2e/sockets/typescript.cjs <file>.ts`. Nothing is type-checked here.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const ts = require('typescript');

const ROOT = path.resolve(__dirname, '../..');
const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};

Module._extensions['.ts'] = (module, fileName) => {
  const source = readFileSync(fileName, 'utf8');
  module._compile(ts.transpileModule(source, { fileName, compilerOptions: OPTIONS }).outputText, fileName);
};

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const name = /^@sluice\/([a-z-]+)$/.exec(request)?.[1];
  const target = name === undefined ? request : path.join(ROOT, 'packages', name, 'src/index.ts');
  return resolveFilename.call(this, target, ...rest);
};
