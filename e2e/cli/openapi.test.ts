import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../documents/list-documents';
import { Program } from '../programs/program';
import { CONTROLLER, MAIN as SLUICE, runSluice, UserProject } from './run-sluice';

const MAIN = `import { createApp } from '@sluice/core';
import { openapi } from '@sluice/openapi';
import { NotesController } from './notes-controller.js';

const app = await createApp({
  controllers: [NotesController],
  routes: openapi({ info: { title: 'Notes', version: '1.0.0' }, serverErrors: true }),
});
const { url } = await app.listen({ port: 0 });
console.log('Listening on ' + url);
`;
const FILES = { 'src/main.ts': MAIN, 'src/notes-controller.ts': CONTROLLER };

describe('sluice openapi', () => {
  it('prints the document that the application serves, as JSON and as YAML', async () => {
    using project = new UserProject(FILES);
    const json = await runSluice(project.folder, 'openapi');
    expect([json.code, json.stderr]).toEqual([0, '']);
    const document: unknown = JSON.parse(json.stdout);
    expect(document).toMatchObject({
      openapi: '3.1.1',
      info: { title: 'Notes', version: '1.0.0' },
      paths: { '/notes/{id}': { get: { operationId: 'notes.show' } } },
    });
    const yaml = await runSluice(project.folder, 'openapi', '--yaml');
    expect(parse(yaml.stdout)).toEqual(document);

    const preload = path.join(ROOT, 'packages/cli/dist/dev/preload.js');
    await using server = Program.start(process.execPath, ['--import', preload, 'src/main.ts'], {
      cwd: project.folder,
      env: { NODE_OPTIONS: undefined, SLUICE_DEV_PROJECT: project.folder },
    });
    const served = await fetch(`${await server.waitForUrl()}/openapi.json`);
    expect(`${await served.text()}\n`).toBe(json.stdout);
  });

  it('ends with 1 if its output cannot be written', () => {
    using project = new UserProject(FILES);
    const readOnly = openSync(path.join(project.folder, 'package.json'), 'r');
    const { status, stderr } = spawnSync(process.execPath, [SLUICE, 'openapi'], {
      cwd: project.folder,
      stdio: ['ignore', readOnly, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(readOnly);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^The output cannot be written: E[A-Z]+: .*\n$/),
    ]);
  });

  it('says what to install where the project lacks the package, with code 2', async () => {
    using project = new UserProject({ 'src/main.js': '' });
    rmSync(path.join(project.folder, 'node_modules/@sluice'));
    const { code, stderr } = await runSluice(project.folder, 'openapi');
    expect([code, stderr]).toEqual([2, 'The project has no @sluice/openapi.\nnpm install @sluice/openapi\n']);
  });

  it('says which documents there are, with code 2', async () => {
    using project = new UserProject(FILES);
    const { code, stderr } = await runSluice(project.folder, 'openapi', '--path', '/none');
    expect([code, stderr]).toEqual([2, expect.stringContaining('no document at /none. It serves /openapi.')]);
  });
});
