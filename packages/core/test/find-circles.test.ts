import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findCircles } from './find-circles';

describe('findCircles', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'circles-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each<[string, Record<string, string>, string[][]]>([
    ['none in a chain', { a: "import './b'", b: "import './c'", c: '' }, []],
    [
      'none where two ways lead to one file',
      { a: "import './b'; import './c'", b: "import './c'", c: '' },
      [],
    ],
    ['two files', { a: "import './b'", b: "import './a'" }, [['a', 'b']]],
    [
      'a circle of types',
      { a: "import type { B } from './b'", b: "export type { A } from './a'" },
      [['a', 'b']],
    ],
    ['a file that imports itself', { a: "import './a'" }, [['a']]],
    ['a circle behind a chain', { a: "import './b'", b: "import './c'", c: "import('./b')" }, [['b', 'c']]],
  ])('finds %s', (_title, sources, expected) => {
    const files = Object.keys(sources).map((name) => path.join(folder, `${name}.ts`));
    files.forEach((file) => writeFileSync(file, sources[path.basename(file, '.ts')] ?? ''));
    const names = findCircles(files).map((circle) => circle.map((file) => path.basename(file, '.ts')));
    expect(names).toEqual(expected);
  });
});
