import { CONTROLLER, runSluice, startSluice, UserProject } from './run-sluice';

const MAIN = `import { createApp } from '@sluice/core';
import { NotesController } from './notes-controller.js';
const app = await createApp({ controllers: [NotesController] });
await app.listen({ port: 8000 });
`;
const FILES = {
  'package.json': { name: 'notes', type: 'module', dependencies: { '@sluice/core': '^0.1.0' } },
  'src/main.ts': MAIN,
  'src/notes-controller.ts': CONTROLLER,
};

interface Finding {
  readonly code: string;
  readonly level: string;
  readonly text: string;
  readonly cure?: string;
}

const read = (stdout: string) => (JSON.parse(stdout) as { findings: Finding[] }).findings;

describe('sluice doctor', () => {
  it('looks at the machine, the engine, the packages and the application, and ends with 0', async () => {
    using project = new UserProject(FILES);
    const { code, stdout } = await runSluice(project.folder, 'doctor', '--json');
    const findings = read(stdout);
    const find = (name: string) => findings.find((one) => one.code === name);
    expect(code).toBe(0);
    for (const name of ['NODE', 'PLATFORM', 'CORE_COPIES', 'HEAD_LIMIT', 'APPLICATION'])
      expect([name, find(name)?.level]).toEqual([name, 'fine']);
    expect(find('ENGINE')?.text).toMatch(/^The engine is (µWebSockets|node:http), because /);
    expect(find('RETURNS')?.text).toContain('NotesController.show');
  });

  it('reports an application that cannot start as a fault, beside everything else, and ends with 1', async () => {
    using project = new UserProject({
      ...FILES,
      'src/notes-controller.ts': CONTROLLER.replace("@Param('id')", "@Param('noteId')"),
    });
    const { code, stdout } = await runSluice(project.folder, 'doctor');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^fault {4}APPLICATION {2}The application cannot start.*PARAM_NOT_IN_PATH/ms);
    expect(stdout).toMatch(/^fine {5}NODE {2}Node \d/m);
    expect(stdout).toMatch(/\n1 fault, \d+ warnings?, \d+ hints?\n$/);
  });

  it('reports an application of a main that nothing waits for', async () => {
    using project = new UserProject({
      'package.json': { name: 'notes', dependencies: { '@sluice/core': '^0.1.0' } },
      'src/main.ts': `import { createApp } from '@sluice/core';
async function main() {
  const app = await createApp({ routes: [{ method: 'GET', path: '/:', handler: () => 'ok' }] });
  await app.listen({ port: 8000 });
}
main();
`,
    });
    const { code, stdout, stderr } = await runSluice(project.folder, 'doctor');
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^fault {4}APPLICATION {2}The application cannot start.*ROUTE_PATH_INVALID/ms);
    expect(stdout).toMatch(/^fine {5}NODE {2}Node \d/m);
  });

  it('ends with 1 for a warning if it is strict, and never prints a secret', async () => {
    using project = new UserProject({ ...FILES, '.env': 'SESSION_SECRET=swordfish\n' });
    const ended: (number | string)[] = [];
    for (const more of [[], ['--strict']]) {
      await using program = startSluice(project.folder, ['doctor', ...more], { SESSION_SECRET: 'swordfish' });
      ended.push(await program.ended);
      expect(program.stdout).toContain('SECRET  SESSION_SECRET of the environment has 9 characters.');
      expect(program.stdout).toContain('ENV_FILE  .env is not in .gitignore');
      expect(program.stdout).not.toContain('swordfish');
    }
    expect(ended).toEqual([0, 1]);
  });

  it('finds two copies of core', async () => {
    using project = new UserProject({
      'package.json': { name: 'notes', dependencies: { '@sluice/core': '1', '@sluice/other': '1' } },
      'node_modules/@sluice/core/package.json': { name: '@sluice/core', version: '1.0.0', main: 'index.js' },
      'node_modules/@sluice/core/index.js': 'exports.createApp = () => { throw new Error("a stub") };',
      'node_modules/@sluice/other/package.json': { name: '@sluice/other', version: '1.0.0' },
      'node_modules/@sluice/other/node_modules/@sluice/core/package.json': { version: '1.0.0' },
    });
    const { code, stdout } = await runSluice(project.folder, 'doctor', '--json');
    const copies = read(stdout).find((one) => one.code === 'CORE_COPIES');
    expect([code, copies?.level]).toEqual([1, 'fault']);
    expect(copies?.text).toMatch(/^There are 2 copies of @sluice\/core: .*other/);
  });

  it('reports a core that cannot be loaded, beside everything else', async () => {
    using project = new UserProject({
      'package.json': { name: 'notes', dependencies: { '@sluice/core': '1' } },
      'node_modules/@sluice/core/package.json': { name: '@sluice/core', version: '1.0.0', main: 'index.js' },
      '.env': '',
    });
    const { code, stdout, stderr } = await runSluice(project.folder, 'doctor', '--json');
    const [broken, ...others] = read(stdout).filter(({ level }) => level === 'fault');
    expect([code, stderr, others]).toEqual([1, '', []]);
    expect(broken).toMatchObject({
      code: 'CORE_MISSING',
      text: expect.stringContaining('Cannot find') as string,
    });
    expect(read(stdout).map((one) => one.code)).toContain('ENV_FILE');
  });
});
