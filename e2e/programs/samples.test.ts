import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../documents/list-documents';
import { SAMPLE_NAMES, startSample } from './start-sample';

describe.each(SAMPLE_NAMES)('samples/%s, started as its README says', (name) => {
  let folder: string;
  let env: Record<string, string>;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sample-'));
    env = { NOTES_FILE: path.join(folder, 'notes.json') };
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints its plan and where it listens, answers, and stops on %s with code 0',
    async (signal) => {
      await using program = startSample(name, env);
      const url = await program.waitForUrl();
      expect(program.stdout).toMatch(/^(GET|POST) +\/.*(Controller\.|controller\('\/)/m);
      expect(program.stdout).toMatch(/^\* +\/\* +fallback/m);
      expect((await fetch(url)).status).toBeLessThan(500);
      expect(await program.stop(signal)).toBe(0);
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    },
  );

  it('says in one message what is wrong with the port, and ends with code 1', async () => {
    await using program = startSample(name, { ...env, PORT: 'eighty' });
    expect(await program.ended).toBe(1);
    expect(program.stderr).toMatch(
      /The application cannot start: 1 problem\..*(?:app\.listen.*port|CONFIG_INVALID {2}PORT)/s,
    );
    expect(program.stdout).toBe('');
  });

  it('is described by a README of one screen, which says how to run it', () => {
    const readme = readFileSync(path.join(ROOT, 'samples', name, 'README.md'), 'utf8');
    expect(readme).toMatch(/^## Run\n\n.*PORT/m);
    expect(readme.split('\n').length).toBeLessThan(80);
  });
});
