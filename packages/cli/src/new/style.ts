import type { Manifest } from '../application/project';

/** How a project writes its modules and tests. */
export interface Style {
  /** The end of relative imports: `.js` in ESM. */
  readonly js: '' | '.js';
  /** The first lines of a test. */
  readonly testImports: string;
}

const TESTERS = ['vitest', 'jest'];

/**
 * Reads the style of a project from its package.json, and what tests it also from those above it, nearest first. Without
 * Vitest, the functions of tests are global, as in Jest. Pure.
 */
export function readStyle(manifests: readonly Manifest[]): Style {
  const tester = manifests.flatMap(listTesters)[0];
  return {
    js: manifests[0]?.type === 'module' ? '.js' : '',
    testImports: tester === 'vitest' ? "import { expect, it } from 'vitest';\n" : '',
  };
}

function listTesters({ dependencies, devDependencies }: Manifest): string[] {
  const all = { ...dependencies, ...devDependencies };
  return TESTERS.filter((name) => name in all);
}
