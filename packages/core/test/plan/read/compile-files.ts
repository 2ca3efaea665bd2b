import * as validator from 'class-validator';
import * as ts from 'typescript';
import * as core from '../../../src';

type Compile = new (...parts: string[]) => (load: (name: string) => unknown, exports: object) => void;

const SyncFunction = Object.getPrototypeOf(() => {}).constructor as Compile;
const PACKAGES: Readonly<Record<string, unknown>> = { '@sluice/core': core, 'class-validator': validator };

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  strict: true,
  noLib: true,
  types: [],
};

/** Compiles files with tsc, each on its own or all together, and runs one of them; returns its exports. */
export function compileFiles(
  files: Readonly<Record<string, string>>,
  main: string,
  isIsolated: boolean,
): Readonly<Record<string, unknown>> {
  const emitted = isIsolated ? compileEach(files) : compileTogether(files);
  const loaded = new Map<string, Record<string, unknown>>();
  const load = (name: string): unknown => {
    if (name in PACKAGES) return PACKAGES[name];
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const exports: Record<string, unknown> = {};
    loaded.set(name, exports);
    const source = emitted.get(`${name.slice(2)}.js`)!;
    new SyncFunction('require', 'exports', source)(load, exports);
    return exports;
  };
  return load(`./${main.replace('.ts', '')}`) as Record<string, unknown>;
}

function compileEach(files: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(
    Object.entries(files).map(([name, source]) => {
      const { outputText } = ts.transpileModule(source, { compilerOptions: OPTIONS, fileName: name });
      return [name.replace('.ts', '.js'), outputText];
    }),
  );
}

function compileTogether(files: Readonly<Record<string, string>>): Map<string, string> {
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
