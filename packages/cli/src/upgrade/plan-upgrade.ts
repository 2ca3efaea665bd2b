import type { Manifest } from '../application/project';
import { compareVersions } from './compare-versions';

const LISTS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** A dependency on a package of Sluice. */
export interface Upgrade {
  readonly name: string;
  readonly list: (typeof LISTS)[number];
  readonly from: string;
  /** Undefined where it is left alone. */
  readonly to: string | undefined;
  readonly reason: 'older' | 'same' | 'newer' | 'not a version';
}

/** Compares the packages of Sluice in a package.json with a version: they are all released together. Pure. */
export function planUpgrade(manifest: Manifest, version: string): Upgrade[] {
  return LISTS.flatMap((list) =>
    Object.entries(manifest[list] ?? {})
      .filter(([name]) => name.startsWith('@sluice/'))
      .map(([name, from]) => ({ name, list, from, ...decide(from, version) })),
  );
}

function decide(from: string, version: string): Pick<Upgrade, 'to' | 'reason'> {
  const [, range, found] = /^([~^]?)(\d+\.\d+\.\d+(?:-[\w.-]+)?)$/.exec(from) ?? [];
  if (found === undefined) return { to: undefined, reason: 'not a version' };
  const order = compareVersions(found, version);
  if (order < 0) return { to: `${range}${version}`, reason: 'older' };
  return { to: undefined, reason: order === 0 ? 'same' : 'newer' };
}

/** Writes the new versions into the text of a package.json, and leaves the rest as it is. Pure. */
export function applyUpgrade(text: string, upgrades: readonly Upgrade[]): string {
  return upgrades.reduce(
    (result, { name, from, to }) =>
      to === undefined ? result : result.replaceAll(makeEntry(name, from), `"${name}": "${to}"`),
    text,
  );
}

function makeEntry(name: string, version: string): RegExp {
  const escape = (part: string): string => part.replaceAll(/[.^$*+?()[\]{}|\\/]/g, '\\$&');
  return new RegExp(`"${escape(name)}"\\s*:\\s*"${escape(version)}"`, 'g');
}
