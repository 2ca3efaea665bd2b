import { type KINDS, makeNewFiles } from '../../src/new/make-new-files';
import { readNames } from '../../src/new/names';
import { readStyle } from '../../src/new/style';

const ESM = readStyle([{ type: 'module', devDependencies: { vitest: '^4.1.0' } }]);
const COMMONJS = readStyle([{ devDependencies: { jest: '^30.0.0' } }]);
const make = (kind: (typeof KINDS)[number], name: string, style = ESM) =>
  makeNewFiles(kind, readNames(name), style, '0.1.0').files;

describe('a name', () => {
  it.each(['rate-limit', 'rateLimit', 'RateLimit', 'rate_limit', 'Rate Limit'])(
    '%s has three forms',
    (given) => {
      expect(readNames(given)).toEqual({ kebab: 'rate-limit', camel: 'rateLimit', pascal: 'RateLimit' });
    },
  );

  it.each(['', '7notes', '../notes', 'notes/new', 'nötes', 'a--b', '-a'])('is not %j', (given) => {
    expect(() => readNames(given)).toThrow('is not a name');
  });
});

describe('new files', () => {
  it.each(['class', 'await', 'let', 'exports', 'require', 'afterwards', 'test-app', 'it', 'app', 'client'])(
    'refuse the name %s for a middleware and a package, whose code cannot have it',
    (name) => {
      expect(() => make('middleware', name)).toThrow('cannot be the name of a function here');
      expect(() => make('middleware', `${name}-middleware`)).toThrow('cannot be the name of a function here');
      expect(() => make('package', name)).toThrow('cannot be the name of a function here');
      expect(make('controller', name).size).toBe(2);
    },
  );

  it('refuse the name of a module of Node, and of their own index, for a package', () => {
    for (const name of ['http', 'events', 'index'])
      expect(() => make('package', name)).toThrow('cannot be the name of a package');
    expect(make('middleware', 'http').size).toBe(2);
  });

  it.each([
    ['controller', ['src/notes-controller.ts', 'test/notes-controller.test.ts']],
    ['middleware', ['src/notes.ts', 'test/notes.test.ts']],
    [
      'package',
      ['README.md', 'package.json', 'src/index.ts', 'src/notes.ts', 'tsconfig.json'].map(
        (name) => `packages/notes/${name}`,
      ),
    ],
  ] as const)('of a %s have their places', (kind, places) => {
    expect([...make(kind, 'notes').keys()].sort()).toEqual(places);
  });

  it('are tested as the project, or else the workspace around it, tests', () => {
    const [vitest, jest] = [{ devDependencies: { vitest: '4' } }, { devDependencies: { jest: '30' } }];
    expect(readStyle([{}, vitest])).toEqual({
      js: '',
      testImports: "import { expect, it } from 'vitest';\n",
    });
    expect(readStyle([jest, { ...vitest, type: 'module' }])).toEqual({ js: '', testImports: '' });
    expect(readStyle([{}, {}]).testImports).toBe('');
  });

  it('do not repeat the word of their kind', () => {
    expect([...make('controller', 'NotesController').keys()]).toContain('src/notes-controller.ts');
    expect([...make('middleware', 'timing-middleware').keys()]).toContain('src/timing.ts');
  });

  it('are written as the project writes its modules and tests', () => {
    const [esm, commonjs] = [make('controller', 'notes'), make('controller', 'notes', COMMONJS)];
    const test = 'test/notes-controller.test.ts';
    expect(esm.get(test)).toMatch(/^import \{ expect, it \} from 'vitest';\n/);
    expect(esm.get(test)).toContain("'../src/notes-controller.js'");
    expect(commonjs.get(test)).toMatch(/^import \{ testApp \}/);
    expect(commonjs.get(test)).toContain("'../src/notes-controller'");
  });
});
