import path from 'node:path';
import { ROOT } from '../documents/list-documents';
import { CONTROLLER, runSluice, UserProject } from './run-sluice';

const ROUTE = /^GET +\/notes\/:id +NotesController\.show +show$/m;
const PROGRAM = `import { createApp } from '@sluice/core';
import { NotesController } from './notes-controller.js';

console.log('loading');
const app = await createApp({ controllers: [NotesController], onStart: () => console.log('started') });
await app.listen({ port: 8000 });
console.log('listening');
`;
const COMMONJS = { name: 'notes', type: 'commonjs' };

describe('sluice routes', () => {
  it('prints the plan of a program that would listen, from its TypeScript of ESM', async () => {
    using project = new UserProject({ 'src/main.ts': PROGRAM, 'src/notes-controller.ts': CONTROLLER });
    const { code, stdout, stderr } = await runSluice(project.folder, 'routes');
    expect([code, stderr]).toEqual([0, 'loading\n']);
    expect(stdout).toMatch(ROUTE);
    expect(stdout).toMatch(/^\* +\/\* +fallback$/m);
  });

  it('prints JSON and nothing else on standard output', async () => {
    using project = new UserProject({ 'src/main.ts': PROGRAM, 'src/notes-controller.ts': CONTROLLER });
    const { stdout } = await runSluice(project.folder, 'routes', '--json', '--path', '/notes/7');
    expect(JSON.parse(stdout)).toEqual({
      routes: [
        {
          kind: 'route',
          method: 'GET',
          path: '/notes/:id',
          name: 'NotesController.show',
          marks: {},
          steps: [{ kind: 'handler', name: 'show' }],
        },
      ],
    });
  });

  it('loads a function of CommonJS that package.json names, from a folder below', async () => {
    using project = new UserProject({
      'package.json': { ...COMMONJS, sluice: { app: 'src/create-app.ts' } },
      'src/create-app.ts': `import { createApp } from '@sluice/core';
import { NotesController } from './notes-controller';
export const createNotes = async () => createApp({ controllers: [NotesController] });
`,
      'src/notes-controller.ts': CONTROLLER,
    });
    const { code, stdout } = await runSluice(path.join(project.folder, 'src'), 'routes');
    expect([code, stdout]).toEqual([0, expect.stringMatching(ROUTE)]);
  });

  it.each([
    [
      'a promise',
      'export const pending = new Promise(() => {}), app = createApp({ routes });\n',
      0,
      /^GET +\/ +home/m,
    ],
    [
      'a promise that is rejected',
      'export const app = createApp({ routes: [...routes, ...routes] });\n',
      1,
      /^ConfigurationError: .*ROUTE_/ms,
    ],
  ])('waits for %s of createApp that a module of CommonJS exports', async (_, source, expected, shown) => {
    using project = new UserProject({
      'package.json': COMMONJS,
      'src/main.ts': `import { createApp } from '@sluice/core';
const routes = [{ method: 'GET' as const, path: '/', handler: () => 'ok', name: 'home' }];
${source}`,
    });
    const { code, stdout, stderr } = await runSluice(project.folder, 'routes');
    expect([code, stdout + stderr]).toEqual([expected, expect.stringMatching(shown)]);
  });

  it('loads built JavaScript, and a program with workers, without starting them', async () => {
    using project = new UserProject({
      'package.json': COMMONJS,
      'dist/main.js': `const { createApp, serve } = require('@sluice/core');
const routes = [{ method: 'GET', path: '/', handler: () => 'ok', name: 'home' }];
serve(() => createApp({ routes }), { port: 8000, workers: 4 });
`,
    });
    const { code, stdout, stderr } = await runSluice(project.folder, 'routes');
    expect([code, stdout, stderr]).toEqual([0, expect.stringMatching(/^GET +\/ +home/m), '']);
  });

  it.each([
    ['02-rest-api', 'src/main.ts', 'UsersController.'],
    ['02-rest-api', 'src/create-rest-api.ts', 'UsersController.'],
    ['08-production-stack', 'src/main.ts', 'NotesController.'],
  ])('knows samples/%s by %s', async (name, file, expected) => {
    const { code, stdout } = await runSluice(path.join(ROOT, 'samples', name), 'routes', file);
    expect([code, stdout]).toEqual([0, expect.stringContaining(expected)]);
  });

  it('reports every mistake of an application, with code 1', async () => {
    using project = new UserProject({
      'src/main.ts': PROGRAM,
      'src/notes-controller.ts': CONTROLLER.replace("@Param('id')", "@Param('noteId')"),
    });
    const { code, stdout, stderr } = await runSluice(project.folder, 'routes');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^ConfigurationError: The application cannot start: 1 problem.*PARAM_NOT_IN_PATH/ms,
    );
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it.each([
    ['that does nothing', 'export const limit = 7;\n', 'made no application before it ended'],
    [
      'whose function makes another value',
      'export const makeMyApp = () => 7;\n',
      'returned something other than',
    ],
    ['with a syntax error', 'const a = ;\n', /^SyntaxError: .*src\/main\.ts:1:11: Expression expected/m],
    [
      'that ends the process',
      'process.exit(0);\n',
      /^src.main\.ts ended the process before it gave an application\.$/m,
    ],
    ['that throws', "throw new Error('no database');\n", /^Error: no database\n +at .*src\/main\.ts/m],
  ])('reports a module %s, with code 1', async (_, source, message) => {
    using project = new UserProject({ 'src/main.ts': source });
    const { code, stdout, stderr } = await runSluice(project.folder, 'routes');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
  });

  it('reports that no route fits, with code 1, and an empty list as JSON', async () => {
    using project = new UserProject({ 'src/main.ts': PROGRAM, 'src/notes-controller.ts': CONTROLLER });
    const text = await runSluice(project.folder, 'routes', '--mark', 'roles');
    expect([text.code, text.stderr]).toEqual([1, expect.stringContaining('None of the 1 routes fits.')]);
    const json = await runSluice(project.folder, 'routes', '--mark', 'roles', '--json');
    expect([json.code, JSON.parse(json.stdout)]).toEqual([0, { routes: [] }]);
  });
});
