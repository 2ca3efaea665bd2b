import ts from 'typescript';
import type { App } from '@sluice/core';

/** Runs a block as a module of its own, as ESM's top level would: the packages are those of this repository. */
export async function runBlock(source: string): Promise<{ readonly app: App }> {
  const { outputText } = ts.transpileModule(`${source}\nexport { app };`, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
    ...parts: string[]
  ) => (...values: unknown[]) => Promise<void>;
  const exported = {} as { app: App };
  await new AsyncFunction('require', 'exports', outputText)(require, exported);
  return exported;
}
