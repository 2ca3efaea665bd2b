import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SCRIPT = path.resolve(__dirname, '../../.ci/ensure-redis.mjs');
const POLICY = '/usr/sbin/policy-rc.d';

/** The machine that the script sees; nothing outside of its PATH is changed. */
interface Machine {
  readonly isRoot: boolean;
  readonly isDebian: boolean;
  readonly hasPolicy: boolean;
}

const DEBIAN: Machine = { isRoot: true, isDebian: true, hasPolicy: true };

describe('ensure-redis', () => {
  let folder: string;
  let calls: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ensure-redis-'));
    calls = path.join(folder, 'calls');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('does nothing where redis-server is on the PATH', async () => {
    writeProgram('redis-server', '');
    writeAptGet('');
    expect(await run(DEBIAN)).toEqual({ code: 0, stdout: '', stderr: '', calls: [] });
  });

  it('installs it as root on Debian', async () => {
    writeAptGet(
      `if (process.argv[2] === 'install') require('node:fs').copyFileSync(__filename, '${folder}/redis-server')`,
    );
    expect(await run(DEBIAN)).toEqual({
      code: 0,
      stdout: 'Installing redis-server for the tests (once, with apt-get) ...\n',
      stderr: '',
      calls: ['update', 'install -y --no-install-recommends redis-server'],
    });
  });

  it('lets Debian start no service meanwhile, and takes that back', async () => {
    writeAptGet(
      `if (process.argv[2] === 'install') require('node:fs').copyFileSync(__filename, '${folder}/redis-server')`,
    );
    const { calls } = await run({ ...DEBIAN, hasPolicy: false });
    expect(calls).toEqual([
      'update',
      `written: ${POLICY} exit 101`,
      'install -y --no-install-recommends redis-server',
      `removed: ${POLICY}`,
    ]);
  });

  it('shows what apt-get said where it fails', async () => {
    writeAptGet(`console.error('E: no network'); process.exit(100)`);
    const { code, stderr, calls } = await run(DEBIAN);
    expect({ code, calls }).toEqual({ code: 1, calls: ['update'] });
    expect(stderr).toMatch(/^E: no network\n\napt-get update failed\.\n/);
  });

  it.each([
    ['who is not root', { ...DEBIAN, isRoot: false }],
    ['who has no Debian', { ...DEBIAN, isDebian: false }],
  ])('says %s what to install, and fails', async (_, machine) => {
    writeAptGet('');
    const { code, stdout, stderr, calls } = await run(machine);
    expect({ code, stdout, calls }).toEqual({ code: 1, stdout: '', calls: [] });
    expect(stderr).toBe(
      [
        'The tests with a real Redis need redis-server, and none was found on the PATH.',
        'Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends redis-server',
        'Fedora:          sudo dnf install -y redis',
        'Alpine:          apk add redis',
        'macOS:           brew install redis',
        'Elsewhere:       install it, and put it on the PATH',
        '',
      ].join('\n'),
    );
  });

  it('fails where there is none after the installation either', async () => {
    writeAptGet('');
    const { code, stderr } = await run(DEBIAN);
    expect(code).toBe(1);
    expect(stderr).toContain('none was found on the PATH');
  });

  /** An apt-get that notes what it is asked, then does what the test says. */
  function writeAptGet(script: string): void {
    writeProgram(
      'apt-get',
      `require('node:fs').appendFileSync('${calls}', process.argv.slice(2).join(' ') + '\\n');\n${script}`,
    );
  }

  function writeProgram(name: string, script: string): void {
    writeFileSync(path.join(folder, name), `#!${process.execPath}\n${script}\n`, { mode: 0o755 });
  }

  async function run({ isRoot, isDebian, hasPolicy }: Machine) {
    const present = [
      ...(isDebian ? ['/etc/debian_version', '/usr/bin/apt-get'] : []),
      ...(hasPolicy ? [POLICY] : []),
    ];
    const pretend = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const note = (line) => fs.writeSync(fs.openSync('${calls}', 'a'), line);
      process.getuid = () => ${isRoot ? 0 : 1000};
      fs.existsSync = (file) => ${JSON.stringify(present)}.includes(file);
      fs.writeFileSync = (file, text) => note('written: ' + file + ' ' + text.trim().split('\\n').at(-1) + '\\n');
      fs.rmSync = (file) => note('removed: ' + file + '\\n');
      syncBuiltinESMExports();`;
    const child = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, SCRIPT],
      {
        env: { PATH: folder },
      },
    );
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    const lines = existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : [];
    return { code, ...output, calls: lines };
  }
});
