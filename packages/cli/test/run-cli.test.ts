import { EXIT } from '../src/exit-codes';
import { runCli } from '../src/run-cli';

describe('the command line', () => {
  let printed: string;
  let noted: string;
  const run = (...args: string[]) =>
    runCli(args, {
      print: (text) => void (printed += `${text}\n`),
      note: (text) => void (noted += `${text}\n`),
    });

  beforeEach(() => (printed = noted = ''));

  it('prints its help and its version on standard output', async () => {
    expect(await run('--help')).toBe(EXIT.done);
    expect(printed).toMatch(/Usage: sluice .*\n {2}routes /s);
    expect(await run('--version')).toBe(EXIT.done);
    expect(printed).toMatch(/\n\d+\.\d+\.\d+\n$/);
    expect(noted).toBe('');
  });

  it.each([
    [['route'], 'Did you mean routes?'],
    [['routes', '--josn'], 'Did you mean --json?'],
    [['routes', '--path'], "option '--path <path>' argument missing"],
    [['routes', '--json', '--mermaid'], '--json and --mermaid exclude each other.'],
    [['routes', 'no-such-file.ts'], 'no-such-file.ts, which does not exist.'],
  ])('ends %j with code 2 and says what is wrong', async (args, message) => {
    expect(await run(...args)).toBe(EXIT.usage);
    expect(noted).toContain(message);
    expect(printed).toBe('');
  });
});
