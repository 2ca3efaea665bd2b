import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PACKAGES, ROOT } from '../installed/install-packages';

/** Words for kinds of middleware, and the package that has to exist for a section to use them. */
const KINDS: Readonly<Record<string, string>> = {
  'rate.?limit': 'rate-limit',
  csrf: 'csrf',
  'request.?ids?': 'request-id',
  'the (access )?log(ger)?\\b': 'access-log',
  'security.?headers': 'security-headers',
  'time-?outs?': 'timeout',
  'cache.?control': 'cache-control',
  static: 'static',
  metrics: 'metrics',
  tracing: 'tracing',
  'ip.?filter': 'ip-filter',
};

const sections = PACKAGES.flatMap((name) => {
  const readme = readFileSync(path.join(ROOT, 'packages', name, 'README.md'), 'utf8');
  const section = readme.split('\n## Order\n')[1]?.split('\n## ')[0];
  const options = [...readme.matchAll(/^\| `(\w+)` /gm)].map((match) => match[1]!);
  return section === undefined ? [] : [{ name, section, options }];
});

/** The names that packages export, read from their sources. */
const exported = new Set(
  PACKAGES.flatMap((name) => {
    const source = readFileSync(path.join(ROOT, 'packages', name, 'src/index.ts'), 'utf8');
    return [...source.matchAll(/[{,]\s*(?:type\s+)?(\w+)/g)].map((match) => match[1]!);
  }),
);

describe('the section about order', () => {
  it('is in the README of every middleware package', () => {
    expect(sections.length).toBeGreaterThan(6);
  });

  it.each(sections)('in $name names functions that a package exports, and own options', (one) => {
    const names = [...one.section.matchAll(/`([a-z][A-Za-z]+)`/g)].map((match) => match[1]!);
    const isKnown = (name: string): boolean => exported.has(name) || one.options.includes(name);
    expect(names.filter((name) => !isKnown(name))).toEqual([]);
  });

  it.each(sections)('in $name names packages and kinds of middleware that exist', ({ section }) => {
    const packages = [...section.matchAll(/@sluice\/([a-z-]+)/g)].map((match) => match[1]!);
    const kinds = Object.entries(KINDS).flatMap(([words, name]) =>
      new RegExp(words, 'i').test(section.replace(/`[^`]*`/g, '')) ? [name] : [],
    );
    const missing = [...packages, ...kinds].filter((name) => !existsSync(path.join(ROOT, 'packages', name)));
    expect(missing).toEqual([]);
  });
});
