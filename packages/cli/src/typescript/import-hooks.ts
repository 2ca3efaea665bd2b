import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Compiler } from './compiler';
import { findSource, isSource } from './find-source';
import { findFormat } from './module-format';

/** The two questions that Node asks about an import. */
export interface ImportHooks {
  readonly resolve: ResolveHook;
  readonly load: LoadHook;
}

/** Makes the hooks with which `import` finds and compiles the TypeScript of a project. */
export function makeImportHooks(compiler: Compiler): ImportHooks {
  return {
    resolve: (specifier, context, nextResolve) => {
      const { parentURL } = context;
      if (parentURL?.startsWith('file:') && specifier.startsWith('.') && isSource(fileURLToPath(parentURL))) {
        const source = findSource(fileURLToPath(new URL(specifier, parentURL)));
        if (source !== undefined) return { url: pathToFileURL(source).href, shortCircuit: true };
      }
      return nextResolve(specifier, context);
    },
    load: (url, context, nextLoad) => {
      if (!url.startsWith('file:')) return nextLoad(url, context);
      const file = fileURLToPath(url);
      if (!isSource(file)) return nextLoad(url, context);
      const format = findFormat(file);
      // Without a source, Node hands a CommonJS file to its loader of CommonJS, which compiles it.
      if (format === 'commonjs') return { format, shortCircuit: true };
      return { format, source: compiler.compile(file, format), shortCircuit: true };
    },
  };
}
