// Compiles an ECMAScript module of TypeScript for tests, which load it as CommonJS. ts-jest has one module format only.
const ts = require('typescript');

exports.process = (source, fileName) => {
  const compilerOptions = {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    inlineSourceMap: true,
  };
  return { code: ts.transpileModule(source, { compilerOptions, fileName }).outputText };
};
