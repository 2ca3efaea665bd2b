import { CreateError } from '../src/create-error';
import { completeOptions } from '../src/create-options';
import { readFlags } from '../src/read-flags';

const NPM = 'npm/11.4.2 node/v22.17.0 linux x64 workspaces/false';

describe('the flags', () => {
  it('leave everything open that they do not say', () => {
    expect(readFlags([], NPM)).toEqual({
      kind: 'create',
      yes: false,
      given: { manager: { name: 'npm', version: '11.4.2' }, offline: false },
    });
  });

  it('say everything', () => {
    const args = ['notes', '--template', 'commonjs', '--pm=pnpm', '--no-install', '--offline', '-y'];
    expect(readFlags(args, NPM)).toEqual({
      kind: 'create',
      yes: true,
      given: {
        folder: 'notes',
        template: 'commonjs',
        install: false,
        manager: { name: 'pnpm' },
        offline: true,
      },
    });
  });

  it('keep the version of a manager that is named and found', () => {
    expect(readFlags(['--pm', 'npm'], NPM)).toMatchObject({ given: { manager: { version: '11.4.2' } } });
  });

  it('have defaults for the rest', () => {
    const given = { manager: { name: 'npm' }, offline: false } as const;
    expect(completeOptions(given)).toEqual({ ...given, folder: 'my-app', template: 'esm', install: true });
  });

  it.each([['--help'], ['-h'], ['--version']])('%s wins over the rest', (flag) => {
    expect(readFlags(['notes', flag], NPM).kind).toMatch(/help|version/);
  });

  it('without the two dashes that npm needs are refused with a cure', () => {
    const read = (agent: string) => () => readFlags(['notes', 'commonjs'], agent);
    expect(read(NPM)).toThrow(
      expect.objectContaining({ cure: expect.stringContaining('my-app -- --template') }),
    );
    expect(read('pnpm/10.34.8 npm/?')).toThrow(
      expect.objectContaining({ cure: expect.stringContaining('--help') }),
    );
  });

  it.each([
    [['a', 'b'], 'One folder is expected, and there are 2: a, b.'],
    [['--template', 'deno'], '--template must be esm or commonjs, not deno.'],
    [['--pm', 'cnpm'], '--pm must be one of npm, pnpm, yarn, bun, not cnpm.'],
    [['--install', '--no-install'], 'exclude each other'],
    [['--templat', 'esm'], '--templat'],
    [['--template'], '--template'],
  ])('%j are refused', (args, message) => {
    expect(() => readFlags(args, NPM)).toThrow(CreateError);
    expect(() => readFlags(args, NPM)).toThrow(message);
  });
});
