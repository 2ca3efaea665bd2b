import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSourceExcerpt } from '../../../src/pipeline/errors/source-excerpt';

describe('readSourceExcerpt', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'source excerpt (1) '));
  const file = path.join(folder, 'program.js');
  const number = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => ({
      number: first + index,
      text: `line ${first + index}`,
    }));

  beforeAll(() =>
    writeFileSync(
      file,
      number(1, 20)
        .map(({ text }) => text)
        .join('\n'),
    ),
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    `at find (${'FILE'}:10:3)`,
    `at async find (${'FILE'}:10:3)`,
    `at ${'FILE'}:10:3`,
    `at new Store (${'URL'}:10:3)`,
  ])('reads the lines around %s', (frame) => {
    const stack = [
      'at run (node:internal/hooks:1:2)',
      'at run (/app/node_modules/library/index.js:1:2)',
      frame.replace('FILE', file).replace('URL', pathToFileURL(file).href),
    ];
    expect(readSourceExcerpt(stack)).toEqual({ file, line: 10, lines: number(6, 13) });
  });

  it('does not read a file over 2 MiB', () => {
    const large = path.join(folder, 'large.js');
    for (const [bytes, lines] of [
      [2_097_152, 4],
      [2_097_153, undefined],
    ]) {
      writeFileSync(large, '\n'.repeat(bytes!));
      expect(readSourceExcerpt([`at a (${large}:1:1)`])?.lines.length).toBe(lines);
    }
  });

  it('stays within the file', () => {
    expect(readSourceExcerpt([`at a (${file}:1:1)`])!.lines).toEqual(number(1, 4));
    expect(readSourceExcerpt([`at a (${file}:20:1)`])!.lines).toEqual(number(16, 20));
    expect(readSourceExcerpt([`at a (${file}:21:1)`])).toBeUndefined();
  });

  it.each([
    [[]],
    [['at native']],
    [['at a (/nowhere/at/all.js:1:1)']],
    [['at run (node:internal/a:1:1)']],
    [['more text']],
  ])('has nothing to show for %j', (stack) => expect(readSourceExcerpt(stack)).toBeUndefined());
});
