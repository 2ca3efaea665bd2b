import { execFileSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../documents/list-documents';
import { Program } from '../programs/program';
import { findFreePort } from '../sockets/find-free-port';
import { until } from '../sockets/until';
import { CONTROLLER, startSluice, UserProject } from './run-sluice';

const MAIN = `import { createApp } from '@sluice/core';
import { NotesController } from './notes-controller.js';

const app = await createApp({ controllers: [NotesController] });
const { url } = await app.listen({ port: Number(process.env.PORT) });
console.log('Listening on ' + url);
`;
const TWO_ROUTES = CONTROLLER.replace(
  "  @Get('/:id')",
  "  @Get('/latest')\n  latest() {\n    return 'latest';\n  }\n\n  @Get('/:id')",
);

/** Says whether packages are there before its first line. */
const EARLY = `const isLoaded = Object.keys(require.cache).some((file) => /node_modules.class-validator/.test(file));
console.log('first: ' + isLoaded);
const { createApp } = require('@sluice/core');
require('class-validator');
createApp({ routes: [{ method: 'GET', path: '/', handler: () => 'here' }] })
  .then((app) => app.listen({ port: 0 }))
  .then(() => console.log('listens'));
`;

/** The processes that a process has started. */
function listChildren(pid: number): number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = listed
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return rows.filter(([, parent]) => parent === pid).map(([child]) => child!);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('sluice dev', () => {
  it('runs a fresh clone, and after a change runs it again on its port, with what changed in the plan', async () => {
    using project = new UserProject({ 'src/main.ts': MAIN, 'src/notes-controller.ts': CONTROLLER });
    const port = await findFreePort();
    await using program = startSluice(project.folder, ['dev', '--no-check'], { PORT: String(port) });
    const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    expect(await program.waitForUrl()).toBe(`http://127.0.0.1:${port}`);
    expect(await ask('/notes/7')).toBe('{"id":7}');

    project.write('src/notes-controller.ts', TWO_ROUTES);
    await program.waitFor(/^\+ GET {2}\/notes\/latest {2}NotesController\.latest {2}latest$/m);
    await program.waitFor(/(Listening on .*\n[^]*){2}/);
    expect(await ask('/notes/latest')).toBe('latest');
    expect(program.stderr).toContain(`${path.join('src', 'notes-controller.ts')} changed, starting again.`);
    expect(program.stderr).not.toMatch(/^- /m);

    // A program that cannot be compiled does not replace the one that runs.
    project.write('src/notes-controller.ts', `${TWO_ROUTES}const = 7;\n`);
    await program.waitFor(/notes-controller\.ts:\d+:\d+: .*expected/);
    expect(await ask('/notes/latest')).toBe('latest');

    expect(await program.stop()).toBe(0);
    await expect(ask('/notes/7')).rejects.toThrow('fetch failed');
  });

  it('has the next program load packages while it waits, unless they may have changed since', async () => {
    using project = new UserProject({ 'package.json': { name: 'notes' }, 'src/main.ts': EARLY });
    await using program = startSluice(project.folder, ['dev', '--no-check']);
    await program.waitFor(/first: false\n[^]*listens\n/);
    project.write('src/main.ts', EARLY.replace('first', 'second'));
    await program.waitFor(/second: true\n[^]*listens\n/);
    project.write('package.json', JSON.stringify({ name: 'other' }));
    await program.waitFor(/second: false\n[^]*listens\n/);
    project.write('src/main.ts', EARLY.replace('first', 'third'));
    await program.waitFor(/third: true\n/);
    expect(await program.stop()).toBe(0);
  });

  it('compares each application of a program with itself', async () => {
    const two = (path: string): string =>
      `const { createApp } = require('@sluice/core');
const start = async (path) => {
  const app = await createApp({ routes: [{ method: 'GET', path, handler: () => 'here' }] });
  await app.listen({ port: 0 });
};
start('/public').then(() => start('${path}')).then(() => console.log('both listen'));
`;
    using project = new UserProject({ 'package.json': { name: 'notes' }, 'src/main.ts': two('/admin') });
    await using program = startSluice(project.folder, ['dev', '--no-check']);
    await program.waitFor(/both listen/);
    project.write('src/main.ts', two('/metrics'));
    await program.waitFor(/(?:both listen[^]*){2}/);
    await program.waitFor(/^\+ /m);
    expect(program.stderr.match(/^[-+] .*/gm)).toEqual([
      '- GET  /admin  handler  handler',
      '+ GET  /metrics  handler  handler',
    ]);
    expect(await program.stop()).toBe(0);
  });

  it('runs from a folder whose name a URL encodes', async () => {
    using project = new UserProject({
      'c# 100%/package.json': { name: 'notes' },
      'c# 100%/src/main.ts': "console.log('here'); setInterval(() => {}, 1000);\n",
    });
    const cwd = path.join(project.folder, 'c# 100%');
    const installed = path.join(cwd, 'node_modules/@sluice/cli');
    for (const name of ['dist', 'package.json'])
      cpSync(path.join(ROOT, 'packages/cli', name), path.join(installed, name), { recursive: true });
    const modules = path.join(project.folder, 'node_modules');
    symlinkSync(path.join(ROOT, 'node_modules/commander'), path.join(modules, 'commander'), 'junction');
    const args = [path.join(installed, 'dist/main.js'), 'dev', '--no-check'];
    await using program = Program.start(process.execPath, args, { cwd, env: { NODE_OPTIONS: undefined } });
    await program.waitFor(/here/);
    expect(await program.stop()).toBe(0);
  });

  it('waits for a change after a start that failed', async () => {
    using project = new UserProject({
      'src/main.ts': MAIN,
      'src/notes-controller.ts': CONTROLLER.replace("@Param('id')", "@Param('noteId')"),
    });
    await using program = startSluice(project.folder, ['dev', '--no-check'], { PORT: '0' });
    await program.waitFor(/PARAM_NOT_IN_PATH[^]*the program ended \(1\)\. Waiting for a change\./);
    project.write('src/notes-controller.ts', CONTROLLER);
    await program.waitForUrl();
    expect(await program.stop('SIGINT')).toBe(0);
  });

  it('checks types beside, of a program of CommonJS that runs nevertheless', async () => {
    using project = new UserProject({
      'package.json': { name: 'notes' },
      'src/main.ts': `const limit: number = 'seven';
console.log('Listening on http://127.0.0.1:1/', limit);
setInterval(() => {}, 1000);
`,
    });
    await using program = startSluice(project.folder, ['dev']);
    await program.waitForUrl();
    await program.waitFor(/^types: src\/main\.ts\(1,7\): error TS2322/m);
    await program.waitFor(/^types: Found 1 error\.$/m);
    project.write('src/main.ts', "const limit: number = 7;\nconsole.log('second', limit);\n");
    await program.waitFor(/^types: Found 0 errors\.$/m);
    await program.waitFor(/second 7/);
    await program.waitFor(/the program ended \(0\)\. Waiting for a change\./);
    expect(await program.stop()).toBe(0);
  });

  it('leaves neither the program nor the compiler behind when it is killed', async () => {
    using project = new UserProject({ 'src/main.ts': MAIN, 'src/notes-controller.ts': CONTROLLER });
    await using program = startSluice(project.folder, ['dev'], { PORT: '0' });
    const url = await program.waitForUrl();
    expect((await fetch(`${url}/notes/7`)).status).toBe(200);
    // The program, the next one, and the compiler.
    await until(() => listChildren(program.pid).length === 3);
    const children = listChildren(program.pid);
    expect(await program.stop('SIGKILL')).toBe('SIGKILL');
    await until(() => !children.some(isAlive));
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('ends with 0 after two signals, as npm sends them for one Ctrl-C', async () => {
    using project = new UserProject({
      'src/main.ts':
        "process.on('SIGINT', () => console.log('closing')); setInterval(() => {}, 1000);\nconsole.log('first');\n",
    });
    await using program = startSluice(project.folder, ['dev', '--no-check']);
    await program.waitFor(/first/);
    void program.stop('SIGINT');
    await program.waitFor(/closing/);
    expect(await program.stop('SIGINT')).toBe(0);
  });

  it('kills a program that goes on after SIGTERM, and starts the next', async () => {
    using project = new UserProject({
      'src/main.ts': "process.on('SIGTERM', () => {}); console.log('first'); setInterval(() => {}, 1000);\n",
    });
    await using program = startSluice(project.folder, ['dev', '--no-check']);
    await program.waitFor(/first/);
    project.write('src/main.ts', "console.log('second'); setInterval(() => {}, 1000);\n");
    await program.waitFor(/second/);
    expect(listChildren(program.pid)).toHaveLength(1);
    expect(await program.stop()).toBe(0);
  });
});
