import { readdirSync } from 'node:fs';
import path from 'node:path';
import { analyse } from 'scslre';
import { listFiles, readRegExps } from './source-files';

const PACKAGES = path.resolve(__dirname, '../..');

/** The parts of an expression on which a text makes it spend more than linear time. */
function findSuperLinear(expression: RegExp): string[] {
  return analyse(expression).reports.map(({ type, character }) => `${type} ${character.literal.source}`);
}

describe('the regular expressions of the packages', () => {
  const files = readdirSync(PACKAGES).flatMap((name) => listFiles(path.join(PACKAGES, name, 'src')));
  const expressions = files.flatMap((file) =>
    readRegExps(file).map((expression) => ({ file: path.relative(PACKAGES, file), expression })),
  );

  it('take linear time, because clients choose the texts', () => {
    expect(expressions.length).toBeGreaterThan(50);
    const slow = expressions.flatMap(({ file, expression }) =>
      findSuperLinear(expression).map((part) => `${file}: ${String(expression)}: ${part}`),
    );
    expect(slow).toEqual([]);
  });

  it.each([/[ \t]*(?:a=b)?[ \t]*;/y, /[^/]*$/, /^(?:a+)+$/])('would be found if they did not: %s', (slow) => {
    expect(findSuperLinear(slow)).not.toEqual([]);
  });
});
