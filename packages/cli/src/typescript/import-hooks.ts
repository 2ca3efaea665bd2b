/** The hooks of `import`. Node runs them in a thread of their own. */
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Compiler } from './compiler';
import { findSource, isSource } from './find-source';
import { findFormat } from './module-format';

let compiler: Compiler | undefined;

export const initialize: InitializeHook<{ folder: string }> = ({ folder }) => {
  compiler = new Compiler(folder);
};

export const resolve: ResolveHook = (specifier, context, nextResolve) => {
  const { parentURL } = context;
  if (parentURL?.startsWith('file:') && specifier.startsWith('.') && isSource(fileURLToPath(parentURL))) {
    const source = findSource(fileURLToPath(new URL(specifier, parentURL)));
    if (source !== undefined) return { url: pathToFileURL(source).href, shortCircuit: true };
  }
  return nextResolve(specifier, context);
};

export const load: LoadHook = (url, context, nextLoad) => {
  if (!url.startsWith('file:')) return nextLoad(url, context);
  const file = fileURLToPath(url);
  if (!isSource(file)) return nextLoad(url, context);
  const format = findFormat(file);
  // Without a source, Node hands a CommonJS file to its loader of CommonJS, which compiles it.
  if (format === 'commonjs') return { format, shortCircuit: true };
  return { format, source: compiler!.compile(file, format), shortCircuit: true };
};
