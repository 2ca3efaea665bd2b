/** The package managers that a project can be made for. */
export const MANAGER_NAMES = ['npm', 'pnpm', 'yarn', 'bun'] as const;

export type ManagerName = (typeof MANAGER_NAMES)[number];

/** A package manager, as it was found or chosen. */
export interface Manager {
  readonly name: ManagerName;
  /** Undefined where it was chosen and not found. */
  readonly version?: string | undefined;
}

/** The commands of a package manager, as they are in the files of a project. */
export interface ManagerCommands {
  readonly install: string;
  /** Installs what the lock file says, and fails where it says something else than package.json. */
  readonly cleanInstall: string;
  /** Precedes `cleanInstall` on a machine that has only Node and npm. */
  readonly prepare: string;
  /** Removes what only the build needs. */
  readonly prune: string;
  readonly run: string;
  readonly lockFiles: string;
}

/** Finds the manager that runs `create`, from what it says in the environment: `pnpm/10.34.8 npm/? node/v22.1.0`. */
export function detectManager(userAgent: string | undefined): Manager {
  const [, name, version] = /^(\w+)\/(\d+\.\d+\.\d+[\w.+-]*)/.exec(userAgent ?? '') ?? [];
  return isManagerName(name) ? { name, version } : { name: 'npm' };
}

export function isManagerName(name: string | undefined): name is ManagerName {
  return (MANAGER_NAMES as readonly (string | undefined)[]).includes(name);
}

/** The first version of Yarn has other options than those after it. */
export function isClassicYarn({ name, version }: Manager): boolean {
  return name === 'yarn' && version?.startsWith('1.') === true;
}

export function listCommands(manager: Manager): ManagerCommands {
  return isClassicYarn(manager) ? CLASSIC_YARN : COMMANDS[manager.name];
}

const COREPACK = 'corepack enable && ';

const COMMANDS: Readonly<Record<ManagerName, ManagerCommands>> = {
  npm: {
    install: 'npm install',
    cleanInstall: 'npm ci',
    prepare: '',
    prune: 'npm prune --omit=dev',
    run: 'npm run',
    lockFiles: 'package-lock.json',
  },
  pnpm: {
    install: 'pnpm install',
    cleanInstall: 'pnpm install --frozen-lockfile',
    prepare: COREPACK,
    prune: 'pnpm prune --prod',
    run: 'pnpm run',
    lockFiles: 'pnpm-lock.yaml',
  },
  yarn: {
    install: 'yarn install',
    cleanInstall: 'yarn install --immutable',
    prepare: COREPACK,
    prune: 'yarn workspaces focus --production',
    run: 'yarn run',
    lockFiles: 'yarn.lock .yarnrc.yml',
  },
  bun: {
    install: 'bun install',
    cleanInstall: 'bun install --frozen-lockfile',
    prepare: 'npm install --global bun && ',
    prune: 'rm -rf node_modules && bun install --frozen-lockfile --production',
    run: 'bun run',
    lockFiles: 'bun.lock',
  },
};

const CLASSIC_YARN: ManagerCommands = {
  ...COMMANDS.yarn,
  cleanInstall: 'yarn install --frozen-lockfile',
  prune: 'yarn install --frozen-lockfile --production',
  lockFiles: 'yarn.lock',
};
