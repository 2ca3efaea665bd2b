// Records the modules that the packages load, and prints them as JSON when the process ends: built-in modules and
// packages by name, files by their path below packages/. Used as `node --require …/record-modules.cjs`, after typescript.cjs.
const Module = require('node:module');
const path = require('node:path');

const PACKAGES = path.resolve(__dirname, '../../packages') + path.sep;
const loaded = new Set();

const load = Module._load;
Module._load = function (request, parent, ...rest) {
  if (parent?.filename?.startsWith(PACKAGES)) loaded.add(describe(request, parent));
  return load.call(this, request, parent, ...rest);
};

function describe(request, parent) {
  if (!request.startsWith('.')) return request;
  const file = path.relative(PACKAGES, path.resolve(path.dirname(parent.filename), request));
  return file.split(path.sep).join('/');
}

process.on('exit', () => console.log(JSON.stringify([...loaded].sort())));
