import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runModule } from './run-module';

const ROOT = path.resolve(__dirname, '../..');
const FILE = '.ci/not-repeated.mjs';
const TESTS = ['e2e', 'packages', 'samples'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `/${folder}/${file.split(path.sep).join('/')}`)
    .filter((file) => file.endsWith('.test.ts') && !file.includes('/node_modules/')),
);

describe(FILE, () => {
  const patterns = runModule<Record<string, string>>(FILE, 'exports');
  const find = (name: string): string[] => TESTS.filter((file) => new RegExp(patterns[name]!).test(file));
  const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

  it.each(Object.entries(patterns))('has tests for each part of %s', (_, pattern) => {
    // A | that is not in a group is between two parts.
    const parts = pattern.split(/\|(?![^()]*\))/).flatMap(listAlternatives);
    expect(parts.filter((part) => !TESTS.some((file) => new RegExp(part).test(file)))).toEqual([]);
  });

  it('calls no test one in memory that opens a socket or asks which engine it runs on', () => {
    const sockets =
      /\.listen\(\{|ServerProcess|RawConnection|startProgram|createServer|spawn|\bfork\(|\bfetch\(|_ENGINE/;
    expect(find('IN_MEMORY').filter((file) => sockets.test(read(file)))).toEqual([]);
  });

  it('calls no test one of the engine room that takes the engine of the job', () => {
    const taken = /TESTED_ENGINE|IS_STRICT|ServerProcess|startProgram/;
    expect(find('ENGINE_ROOM').filter((file) => taken.test(read(file)))).toEqual([]);
  });

  it('calls no test one on both engines that takes the engine of the job', () => {
    const names = /\.each\(ENGINES\)|delete process\.env\['SLUICE_ENGINE'\]/;
    expect(find('BOTH_ENGINES').filter((file) => !names.test(read(file)))).toEqual([]);
  });
});

/** Writes a group of names out: `e2e/(tls|wire)/` is `e2e/tls/` and `e2e/wire/`. */
function listAlternatives(part: string): string[] {
  const [, before, names, behind] = /^(.*?)\((?!\?)([^()]*)\)(.*)$/.exec(part) ?? [];
  return names === undefined
    ? [part]
    : names.split('|').flatMap((name) => listAlternatives(`${before}${name}${behind}`));
}
