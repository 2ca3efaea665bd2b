import { execFileSync } from 'node:child_process';
import { ROOT } from '../documents/list-documents';
import { runSluice } from './run-sluice';

describe('the completion script of bash', () => {
  const complete = (script: string, ...words: string[]): string[] => {
    const typed = words.map((word) => `'${word}'`).join(' ');
    const ask = `${script}\nCOMP_WORDS=(sluice ${typed}); COMP_CWORD=${words.length}; _sluice; echo "\${COMPREPLY[*]}"`;
    return execFileSync('bash', ['-c', ask], { encoding: 'utf8' }).trim().split(/\s+/);
  };

  it('completes commands, their options and their kinds', async () => {
    const { stdout: script } = await runSluice(ROOT, 'completion', 'bash');
    expect(complete(script, 'do')).toEqual(['doctor']);
    expect(complete(script, '')).toEqual(
      expect.arrayContaining(['routes', 'dev', 'doctor', 'new', '--help']),
    );
    expect(complete(script, 'routes', '--m')).toEqual(['--mermaid', '--mark']);
    expect(complete(script, 'new', 'c')).toEqual(['controller']);
    expect(complete(script, 'dev', 'src/')).toEqual(['']);
  });
});
