import type { Template } from './create-options';
import { isClassicYarn, type Manager } from './managers';

/** The versions of the packages that are not ours. A test compares them with those that this repository is tested with. */
export const VERSIONS = {
  '@types/jest': '^30.0.0',
  '@types/node': '^20.19.0',
  'class-validator': '^0.15.1',
  jest: '^30.5.2',
  'ts-jest': '^29.4.15',
  typescript: '~6.0.3',
  vitest: '^4.1.0',
} as const;

type Outside = keyof typeof VERSIONS;

const TEST_PACKAGES: Readonly<Record<Template, readonly Outside[]>> = {
  esm: ['vitest'],
  commonjs: ['@types/jest', 'jest', 'ts-jest'],
};

/** Makes the package.json of a project. All packages of Sluice have one version. Pure. */
export function makeManifest(name: string, template: Template, manager: Manager, version: string): object {
  const ours = (...names: string[]) =>
    Object.fromEntries(names.map((one) => [`@sluice/${one}`, `^${version}`]));
  const outside = (...names: Outside[]) => Object.fromEntries(names.map((one) => [one, VERSIONS[one]]));
  return {
    name,
    version: '0.0.0',
    private: true,
    type: template === 'esm' ? 'module' : 'commonjs',
    engines: { node: '>=20.19.0' },
    ...(mayPin(manager) && { packageManager: `${manager.name}@${manager.version}` }),
    sluice: { app: 'src/create-my-app.ts' },
    scripts: {
      dev: 'sluice dev',
      build: 'tsc -p tsconfig.build.json',
      start: 'node dist/main.js',
      test: template === 'esm' ? 'vitest run' : 'jest',
      check: 'tsc',
      routes: 'sluice routes',
    },
    dependencies: {
      ...ours('core', 'openapi', 'request-id', 'security-headers', 'swagger-ui'),
      ...outside('class-validator'),
    },
    devDependencies: {
      ...ours('cli', 'testing'),
      ...outside(...(['@types/node', 'typescript', ...TEST_PACKAGES[template]] satisfies Outside[]).sort()),
    },
  };
}

/** Corepack runs the manager that is pinned. It knows these two. */
function mayPin(manager: Manager): boolean {
  const { name, version } = manager;
  return version !== undefined && (name === 'pnpm' || (name === 'yarn' && !isClassicYarn(manager)));
}
