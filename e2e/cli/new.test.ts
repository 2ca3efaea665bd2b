import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../documents/list-documents';
import { run } from '../installed/install-packages';
import { runSluice, UserProject } from './run-sluice';

const MAIN = `import { createApp } from '@sluice/core';
import { requestTiming } from '../packages/request-timing/src/request-timing';
import { NotesController } from './notes-controller';
import { stamp } from './stamp';

export const createMyApp = () =>
  createApp({ controllers: [NotesController], middleware: [requestTiming(), stamp({ headerName: 'X-Mine' })] });
`;

describe('sluice new', () => {
  it('writes a controller, a middleware and a package that compile, run and pass their tests', async () => {
    using project = new UserProject({ 'package.json': { name: 'notes' }, 'src/main.ts': MAIN });
    const { folder } = project;
    for (const args of [
      ['controller', 'notes'],
      ['middleware', 'stamp'],
      ['package', 'request-timing'],
    ])
      expect(await runSluice(folder, 'new', ...args)).toMatchObject({ code: 0, stderr: '' });

    const { stdout } = await runSluice(folder, 'routes', '--path', '/notes');
    expect(stdout).toBe('GET  /notes  NotesController.list  requestTiming > stamp > list\n');
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [tsc, '-p', path.join(folder, 'packages/request-timing')]);
    expect(existsSync(path.join(folder, 'packages/request-timing/dist/index.d.ts'))).toBe(true);
    const config = {
      rootDir: folder,
      testMatch: ['<rootDir>/test/*.test.ts'],
      transform: { '^.+\\.ts$': [path.join(ROOT, 'node_modules/ts-jest'), { diagnostics: false }] },
    };
    const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js');
    const tested = await run(process.execPath, [jest, '--config', JSON.stringify(config)], { cwd: folder });
    expect(tested.stderr).toMatch(/Tests: +2 passed, 2 total/);
  });

  it('writes nothing where a file is there already, or on a dry run', async () => {
    using project = new UserProject({ 'test/stamp.test.ts': '' });
    const refused = await runSluice(project.folder, 'new', 'middleware', 'stamp');
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('There is already test/stamp.test.ts.');
    expect(await runSluice(project.folder, 'new', 'middleware', 'stamp', '--dry-run')).toEqual(refused);
    project.write('src', '');
    const failed = await runSluice(project.folder, 'new', 'controller', 'notes');
    expect([failed.code, failed.stdout]).toEqual([1, '']);
    expect(failed.stderr).toMatch(/^src\/notes-controller\.ts cannot be written: E[A-Z]+: .*\n.*\n$/);
    rmSync(path.join(project.folder, 'src'));
    const dry = await runSluice(project.folder, 'new', 'controller', 'notes', '--dry-run', '--json');
    expect((JSON.parse(dry.stdout) as { files: string[] }).files).toHaveLength(2);
    expect(existsSync(path.join(project.folder, 'src'))).toBe(false);
  });
});
