import type { Manifest } from '../application/project';

/** How a project writes its modules and tests. */
export interface Style {
  /** The end of relative imports: `.js` in ESM. */
  readonly js: '' | '.js';
  /** The first lines of a test. */
  readonly testImports: string;
}

/** Reads the style of a project from its package.json. Without Vitest, the functions of tests are global, as in Jest. Pure. */
export function readStyle({ type, dependencies, devDependencies }: Manifest): Style {
  const hasVitest = 'vitest' in { ...dependencies, ...devDependencies };
  return {
    js: type === 'module' ? '.js' : '',
    testImports: hasVitest ? "import { expect, it } from 'vitest';\n" : '',
  };
}
