import ts from 'typescript';
import type { App } from '@sluice/core';

type Compiled<Result> = (load: typeof require, exported: object) => Result;
type Compile<Result> = new (...parts: string[]) => Compiled<Result>;

const SyncFunction = Object.getPrototypeOf(() => {}).constructor as Compile<void>;
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as Compile<Promise<void>>;

/** Runs a block as a module with top-level await and the packages of this repository. */
export async function runBlock(source: string): Promise<{ readonly app: App }> {
  const exported = {} as { app: App };
  await new AsyncFunction('require', 'exports', transpile(`${source}\nexport { app };`))(require, exported);
  return exported;
}

/** Runs a block of tests synchronously: a test runner needs all tests to be registered when it returns. */
export function runTestBlock(source: string): void {
  new SyncFunction('require', 'exports', transpile(source))(require, {});
}

function transpile(source: string): string {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  return outputText;
}
