import Module, { register } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Compiler } from './compiler';
import { findSource, isSource } from './find-source';
import { makeImportHooks, type ImportHooks } from './import-hooks';

/** What Node does not declare about its loader of CommonJS. */
interface Loader {
  _extensions: Record<string, (module: LoadedModule, file: string) => void>;
  _resolveFilename(
    request: string,
    parent: { filename?: string | null } | undefined,
    ...rest: unknown[]
  ): string;
}

interface LoadedModule {
  _compile(code: string, file: string): void;
}

/** Lets this process run the TypeScript of a project, with `require` and with `import`. Throws CliError. */
export function registerTypescript(folder: string): void {
  const compiler = new Compiler(folder);
  const loader = Module as unknown as Loader;
  for (const extension of ['.ts', '.cts']) {
    const others = loader._extensions[extension];
    loader._extensions[extension] = (module, file) => {
      if (!isSource(file) && others !== undefined) return others(module, file);
      module._compile(compiler.compile(file, 'commonjs'), file);
    };
  }
  const resolve = loader._resolveFilename;
  loader._resolveFilename = function (request, parent, ...rest) {
    const from = parent?.filename;
    const source =
      from && request.startsWith('.') && isSource(from)
        ? findSource(path.resolve(path.dirname(from), request))
        : undefined;
    return resolve.call(this, source ?? request, parent, ...rest);
  };
  registerHooks(folder, compiler);
}

/** Node 22.15 and newer run the hooks in this thread, with the same compiler. Older ones have a thread for them. */
function registerHooks(folder: string, compiler: Compiler): void {
  const loader = Module as unknown as { registerHooks?: (hooks: ImportHooks) => void };
  if (loader.registerHooks !== undefined) loader.registerHooks(makeImportHooks(compiler));
  else register(pathToFileURL(path.join(__dirname, 'hooks-thread.js')).href, { data: { folder } });
}
