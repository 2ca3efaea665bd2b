/** Runs in the thread in which older versions of Node keep the hooks of `import`. */
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { Compiler } from './compiler';
import { makeImportHooks, type ImportHooks } from './import-hooks';

let hooks: ImportHooks;

export const initialize: InitializeHook<{ folder: string }> = ({ folder }) => {
  hooks = makeImportHooks(new Compiler(folder));
};

export const resolve: ResolveHook = (...asked) => hooks.resolve(...asked);

export const load: LoadHook = (...asked) => hooks.load(...asked);
