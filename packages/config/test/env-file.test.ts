import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const TYPESCRIPT = path.resolve(__dirname, '../../../e2e/sockets/typescript.cjs');

describe('a program with node --env-file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-env-file-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(variables: string, env: NodeJS.ProcessEnv = {}) {
    const file = path.join(folder, '.env');
    writeFileSync(file, variables);
    const flags = [`--env-file=${file}`, '--require', TYPESCRIPT, path.join(__dirname, 'program.ts')];
    return spawnSync(process.execPath, flags, {
      env: { ...process.env, ...env },
      encoding: 'utf8',
      timeout: 60_000,
    });
  }

  it('has the settings of the file, and those of the environment before them', () => {
    const secret = path.join(folder, 'secret');
    writeFileSync(secret, 'hush hush\n');
    const { stdout, stderr, status } = run(
      `# a comment\nSLUICE_TEST_PORT="9000"\nSLUICE_TEST_SECRET_FILE=${secret}\n`,
      { SLUICE_TEST_PORT: '9001' },
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toBe(
      `SLUICE_TEST_PORT    9001  environment\nSLUICE_TEST_SECRET  ••••  ${secret}\n` +
        "Settings { SLUICE_TEST_PORT: 9001, SLUICE_TEST_SECRET: '••••' }\n",
    );
  });

  it('does not start with wrong ones, and says all of them without a secret', () => {
    const { stderr, status } = run('SLUICE_TEST_PORT=80x\nSLUICE_TEST_SECRET=hunter2\n');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /: 2 problems\.[^]+CONFIG_INVALID {2}SLUICE_TEST_PORT[^]+CONFIG_INVALID {2}SLUICE_TEST_SECRET/,
    );
    expect(stderr).not.toContain('hunter2');
  });
});
