// Lets a child process run the repository's TypeScript, as jest does for the tests, so that no build can be stale.
// Used as `node --require e2e/sockets/typescript.cjs <file>.ts`. It does not check types. The compiled files are in
// .cache/typescript, by the hash of their source.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { version } = require('typescript/package.json');

const ROOT = path.resolve(__dirname, '../..');
const CACHE = path.join(ROOT, '.cache', 'typescript');
const OPTIONS = {
  target: 'es2022',
  module: 'commonjs',
  esModuleInterop: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};

Module._extensions['.ts'] = (module, fileName) => module._compile(compile(fileName), fileName);

function compile(fileName) {
  const source = readFileSync(fileName, 'utf8');
  const name = createHash('sha256')
    .update(`${version} ${JSON.stringify(OPTIONS)} ${fileName} ${source}`)
    .digest('hex');
  const cached = path.join(CACHE, `${name}.js`);
  try {
    return readFileSync(cached, 'utf8');
  } catch {
    const { outputText } = require('typescript').transpileModule(source, {
      fileName,
      compilerOptions: OPTIONS,
    });
    mkdirSync(CACHE, { recursive: true });
    // Several tests may do this at once, so a file must appear whole.
    writeFileSync(`${cached}.${process.pid}`, outputText);
    renameSync(`${cached}.${process.pid}`, cached);
    return outputText;
  }
}

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const [, name, file = 'index'] = /^@sluice\/([a-z-]+)(?:\/(kit|page|stores))?$/.exec(request) ?? [];
  const target = name === undefined ? request : path.join(ROOT, 'packages', name, 'src', `${file}.ts`);
  return resolveFilename.call(this, target, ...rest);
};
