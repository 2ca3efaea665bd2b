import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SCRIPT = path.resolve(__dirname, '../../.ci/ensure-postgres.mjs');

describe('ensure-postgres', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ensure-postgres-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('finds the programs on the PATH', () => {
    writePrograms('bin', 'postgres', 'initdb');
    expect(run('bin')).toMatchObject({ status: 0, stdout: `${folder}/bin/postgres\n`, stderr: '' });
  });

  it.each(['usr/lib/postgresql/15/bin', 'usr/libexec/postgresql16', 'opt/homebrew/opt/postgresql@17/bin'])(
    'finds them in the folder of a version, off the PATH: /%s',
    (place) => {
      writePrograms(place, 'postgres', 'initdb');
      expect(run('bin')).toMatchObject({ status: 0, stdout: `${folder}/${place}/postgres\n` });
    },
  );

  it('does not take a postgres without initdb, and says what to install', () => {
    writePrograms('bin', 'postgres');
    const { status, stdout, stderr } = run('bin');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('need postgres and initdb, and none were found');
    expect(stderr).toContain('apt-get install -y --no-install-recommends postgresql\n');
  });

  function writePrograms(place: string, ...names: string[]): void {
    mkdirSync(path.join(folder, place), { recursive: true });
    for (const name of names) {
      writeFileSync(path.join(folder, place, name), '');
      chmodSync(path.join(folder, place, name), 0o755);
    }
  }

  /** Runs it as a user who is not root, on a machine whose root is the folder. */
  function run(...onPath: string[]) {
    const pretend = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const { accessSync, existsSync, readdirSync } = fs;
      const move = (file) => (file.startsWith('${folder}') ? file : '${folder}' + file);
      process.getuid = () => 1000;
      fs.existsSync = (file) => existsSync(move(file));
      fs.readdirSync = (file) => readdirSync(move(file));
      fs.accessSync = (file, mode) => accessSync(move(file), mode);
      syncBuiltinESMExports();`;
    const options = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, SCRIPT];
    const PATH = onPath.map((place) => path.join(folder, place)).join(path.delimiter);
    const { status, stdout, stderr } = spawnSync(process.execPath, options, {
      env: { PATH },
      encoding: 'utf8',
    });
    return { status, stdout: stdout.replace(/^(?=\/(usr|opt))/, folder), stderr };
  }
});
