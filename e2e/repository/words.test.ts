import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const SCRIPT = pathToFileURL(path.resolve(__dirname, '../../.ci/check-words.mjs')).href;

/** The words that the check refuses in the text. */
function find(text: string): string[] {
  const program = `
    import { findInText } from ${JSON.stringify(SCRIPT)};
    process.stdout.write(JSON.stringify(findInText(${JSON.stringify(text)})));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  return (JSON.parse(output) as { line: number; words: string }[]).map(
    ({ line, words }) => `${line} ${words}`,
  );
}

describe('the words check', () => {
  it('refuses each kind of sentence that has to be read twice', () => {
    const lines = [
      'A guard can not read it.',
      'It is no list.',
      'Nobody knows.',
      'Errors are told at start-up.',
      'The name stands in the plan.',
      'How a token is had.',
      'A body is due.',
      'Mend it.',
      'There is one problem more.',
      '/** What a store has. */',
      '/** Where it was given. */',
      "  it('what a client sends, is checked', () => {",
      "it.each(NAMES)('of %s nothing is left', () => {",
    ];
    const found = find(lines.join('\n'));
    expect([...new Set(found.map((one) => parseInt(one, 10)))]).toEqual(lines.map((_, index) => index + 1));
  });

  it('lets the usual sentences pass', () => {
    const lines = [
      'A guard cannot read it. There is no list, and it is no longer checked.',
      'The delay is due to the engine.',
      '## What it changes',
      'Where is a preflight answered? What does it cost?',
      '/** The content of one key of a store. */',
      'Of course.',
      "it('refuses what a client may not send', () => {",
    ];
    expect(find(lines.join('\n'))).toEqual([]);
  });
});
