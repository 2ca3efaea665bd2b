import { Program } from './program';

/** A program that runs until it is stopped. */
const TALKATIVE = `
process.on('SIGTERM', () => console.log('last') ?? process.exit(3));
console.log('first');
console.error('Listening on http://127.0.0.1:4711/ now');
setInterval(() => {}, 1000);
`;

const run = (source: string, env = {}): Program => Program.start(process.execPath, ['-e', source], { env });

describe('a program', () => {
  it('is waited for until it has written a text or a URL to either stream', async () => {
    await using program = run(TALKATIVE);
    expect((await program.waitFor(/fi(rst)/))[1]).toBe('rst');
    expect(await program.waitForUrl()).toBe('http://127.0.0.1:4711');
    expect(program.stderr).toBe('Listening on http://127.0.0.1:4711/ now\n');
    // A text that was written before is found too.
    await program.waitFor(/first/);
  });

  it('stops on a signal, with all its output', async () => {
    await using program = run(TALKATIVE);
    await program.waitForUrl();
    expect(await program.stop()).toBe(3);
    expect(program.stdout).toBe('first\nlast\n');
  });

  it('is killed at the end of the block', async () => {
    let ended;
    {
      await using program = run(TALKATIVE);
      await program.waitForUrl();
      ({ ended } = program);
    }
    expect(await ended).toBe('SIGKILL');
  });

  it('rejects with all its output if it ends too early', async () => {
    await using program = run('console.log("out"); console.error("fault"); process.exitCode = 7');
    await expect(program.waitFor(/never/)).rejects.toThrow('It ended (7) before /never/:\nout\nfault\n');
  });

  it('rejects with all its output if it does not print the text in time', async () => {
    await using program = run(TALKATIVE);
    await program.waitForUrl();
    await expect(program.waitFor(/never/, 50)).rejects.toThrow(
      'It takes longer than 50 ms. It has not printed /never/:\nfirst\nListening',
    );
  });

  it('rejects if it cannot be started', async () => {
    const program = Program.start('/no/such/program', []);
    await expect(program.waitForUrl()).rejects.toThrow('ENOENT');
    await expect(program.ended).rejects.toThrow('ENOENT');
  });

  it('has the environment of the tests, with the variables of the option', async () => {
    process.env['PROGRAM_TEST'] = 'of the tests';
    const source = 'console.log([process.env.PROGRAM_TEST, process.env.OTHER, !!process.env.PATH].join())';
    await using kept = run(source, { OTHER: 'given' });
    await using taken = run(source, { PROGRAM_TEST: undefined });
    await Promise.all([kept.ended, taken.ended]);
    delete process.env['PROGRAM_TEST'];
    expect([kept.stdout, taken.stdout]).toEqual(['of the tests,given,true\n', ',,true\n']);
  });
});
