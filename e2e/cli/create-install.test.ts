import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../documents/list-documents';
import { Program } from '../programs/program';

const MAIN = path.join(ROOT, 'packages/create-sluice/dist/main.js');

describe('create-sluice, run by pnpm without a terminal', () => {
  let folder: string;
  const place = (name: string): string => path.join(folder, name);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sluice-install-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs it with a program named pnpm that writes down how it was called. */
  async function create(exitCode: number, ...args: string[]): Promise<Program> {
    mkdirSync(place('bin'));
    const script = `#!/bin/sh\necho "$PWD $*" > "${place('called')}"\nexit ${exitCode}\n`;
    writeFileSync(place('bin/pnpm'), script);
    chmodSync(place('bin/pnpm'), 0o755);
    const program = Program.start(process.execPath, [MAIN, ...args], {
      cwd: folder,
      env: {
        PATH: `${place('bin')}:${process.env['PATH']}`,
        npm_config_user_agent: 'pnpm/10.34.8 npm/? node/v22.1.0 linux x64',
      },
    });
    await program.ended;
    return program;
  }

  it('asks nothing, installs with pnpm, which alone leaves a lock file, and says how to start', async () => {
    const program = await create(0, 'notes', '--offline');
    expect(await program.ended).toBe(0);
    expect(readFileSync(place('called'), 'utf8')).toMatch(/\/notes install --offline\n$/);
    expect(readdirSync(place('notes')).filter((name) => /lock/.test(name))).toEqual([]);
    expect(program.stdout).toBe('Start it:\n\n  cd notes && pnpm run dev\n\n');
  });

  it('says that pnpm failed, with code 1, and keeps the project', async () => {
    const program = await create(7, 'notes');
    expect(await program.ended).toBe(1);
    expect(program.stderr).toContain('The project is there, and pnpm install failed (7).');
    expect(existsSync(place('notes/package.json'))).toBe(true);
  });
});
