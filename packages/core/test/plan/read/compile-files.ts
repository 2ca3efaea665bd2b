import { transformSync } from '@swc/core';
import * as validator from 'class-validator';
import * as ts from 'typescript';
import * as core from '../../../src';

type Compile = new (...parts: string[]) => (load: (name: string) => unknown, exports: object) => void;

const SyncFunction = Object.getPrototypeOf(() => {}).constructor as Compile;
const PACKAGES: Readonly<Record<string, unknown>> = { '@sluice/core': core, 'class-validator': validator };

type Files = Readonly<Record<string, string>>;

/** The ways to compile files: tsc with all types, tsc or swc file by file, and without metadata, as esbuild and tsx do. */
export const COMPILERS = {
  tsc: compileTogether,
  'tsc, file by file': (files: Files) => compileEach(files, transpile),
  swc: (files: Files) => compileEach(files, transform),
  esbuild: (files: Files) =>
    compileEach(files, (source) => transpile(source, { emitDecoratorMetadata: false })),
} as const;

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  strict: true,
  noLib: true,
  types: [],
};

/** Compiles files and runs one of them; returns its exports. */
export function compileFiles<T extends object>(
  files: Files,
  main: string,
  compiler: keyof typeof COMPILERS,
): T {
  const emitted = COMPILERS[compiler](files);
  const loaded = new Map<string, object>();
  const load = (name: string): unknown => {
    if (name in PACKAGES) return PACKAGES[name];
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const exports = {};
    loaded.set(name, exports);
    const source = emitted.get(`${name.slice(2)}.js`)!;
    new SyncFunction('require', 'exports', source)(load, exports);
    return exports;
  };
  return load(`./${main.replace('.ts', '')}`) as T;
}

function compileEach(files: Files, compile: (source: string) => string): Map<string, string> {
  return new Map(
    Object.entries(files).map(([name, source]) => [name.replace('.ts', '.js'), compile(source)]),
  );
}

function transpile(source: string, options: ts.CompilerOptions = {}): string {
  return ts.transpileModule(source, { compilerOptions: { ...OPTIONS, ...options } }).outputText;
}

function transform(source: string): string {
  return transformSync(source, {
    swcrc: false,
    module: { type: 'commonjs' },
    jsc: {
      // In ES5 a class is a `var`: of a file in a circle it is undefined, where a `class` throws a ReferenceError.
      target: 'es5',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  }).code;
}

function compileTogether(files: Files): Map<string, string> {
  const emitted = new Map<string, string>();
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(OPTIONS),
    getCurrentDirectory: () => '/',
    fileExists: (name) => name.slice(1) in files,
    readFile: (name) => files[name.slice(1)],
    getSourceFile: (name, target) => {
      const source = files[name.slice(1)];
      return source === undefined ? undefined : ts.createSourceFile(name, source, target);
    },
    writeFile: (name, text) => emitted.set(name.slice(1), text),
  };
  const names = Object.keys(files).map((name) => `/${name}`);
  ts.createProgram(names, { ...OPTIONS, outDir: '/' }, host).emit();
  return emitted;
}
