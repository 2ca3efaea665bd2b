import type { Upgrade } from './plan-upgrade';

/** Prints what an upgrade changes, and what is left to do. Pure. */
export function printUpgrade(upgrades: readonly Upgrade[], version: string, isDone: boolean): string {
  const lines = upgrades.map((one) => `${one.name}  ${one.from}  ${describe(one)}`);
  const count = upgrades.filter(({ to }) => to !== undefined).length;
  const summary =
    count === 0
      ? `Nothing is older than ${version}, the version of this command. A newer one: npx @sluice/cli@latest upgrade`
      : `${count} of ${upgrades.length} ${isDone ? 'have been changed' : 'would change'} in package.json.`;
  const left = count === 0 ? [] : ['', 'Left to do:', ...LEFT.map((step) => `- ${step}`)];
  return [...lines, '', summary, ...left].join('\n');
}

function describe({ to, reason }: Upgrade): string {
  if (to !== undefined) return `-> ${to}`;
  if (reason === 'same') return 'is up to date';
  if (reason === 'newer') return 'is newer than this command';
  return 'is not a version, and stays';
}

const LEFT = [
  'Read what changed between the versions: CHANGELOG.md of the repository says what to write instead.',
  'Install again, with your package manager.',
  'Run sluice doctor, the type check and the tests.',
];
