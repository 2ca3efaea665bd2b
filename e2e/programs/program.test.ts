import { Program } from './program';

/** A program that goes on until it is stopped. */
const TALKATIVE = `
process.on('SIGTERM', () => console.log('last') ?? process.exit(3));
console.log('first');
console.error('Listening on http://127.0.0.1:4711/ now');
setInterval(() => {}, 1000);
`;

const run = (source: string, env = {}): Program => Program.start(process.execPath, ['-e', source], { env });

describe('a program that is started', () => {
  it('is waited for until it has written something, to either stream, and the URL is found in it', async () => {
    await using program = run(TALKATIVE);
    expect((await program.waitFor(/fi(rst)/))[1]).toBe('rst');
    expect(await program.waitForUrl()).toBe('http://127.0.0.1:4711');
    expect(program.stderr).toBe('Listening on http://127.0.0.1:4711/ now\n');
    // What was written before is found as well.
    await program.waitFor(/first/);
  });

  it('stops when it is asked to, and all it wrote is there then', async () => {
    await using program = run(TALKATIVE);
    await program.waitForUrl();
    expect(await program.stop()).toBe(3);
    expect(program.stdout).toBe('first\nlast\n');
  });

  it('is ended at the end of the block, whatever it does', async () => {
    let ended;
    {
      await using program = run(TALKATIVE);
      await program.waitForUrl();
      ({ ended } = program);
    }
    expect(await ended).toBe('SIGKILL');
  });

  it('that ends too early is told with all it wrote', async () => {
    await using program = run('console.log("out"); console.error("fault"); process.exitCode = 7');
    await expect(program.waitFor(/never/)).rejects.toThrow('It ended (7) before /never/:\nout\nfault\n');
  });

  it('that can not be started is told', async () => {
    const program = Program.start('/no/such/program', []);
    await expect(program.waitForUrl()).rejects.toThrow('ENOENT');
    await expect(program.ended).rejects.toThrow('ENOENT');
  });

  it('has the environment of the tests, and what was given over it', async () => {
    process.env['PROGRAM_TEST'] = 'of the tests';
    const source = 'console.log([process.env.PROGRAM_TEST, process.env.OTHER, !!process.env.PATH].join())';
    await using kept = run(source, { OTHER: 'given' });
    await using taken = run(source, { PROGRAM_TEST: undefined });
    await Promise.all([kept.ended, taken.ended]);
    delete process.env['PROGRAM_TEST'];
    expect([kept.stdout, taken.stdout]).toEqual(['of the tests,given,true\n', ',,true\n']);
  });
});
