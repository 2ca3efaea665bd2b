import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installPackages, ROOT, run } from '../installed/install-packages';

const MINUTE = 60_000;

const TEST = `
import { Body, Controller, created, Injectable, Inject, Get, Param, Post } from '@sluice/core';
import { testApp } from '@sluice/testing';

@Injectable()
class Clock {
  read(): string {
    return 'now';
  }
}

@Controller('/notes')
class NotesController {
  constructor(@Inject(Clock) private readonly clock: Clock) {}

  @Get('/:id')
  show(@Param('id') id: number) {
    return { id, at: this.clock.read() };
  }

  @Post()
  create(@Body({ validate: false }) note: unknown) {
    return created(note, { location: '/notes/1' });
  }
}

// @ts-expect-error an option that does not exist is a compile error
export const mistake = () => testApp({ contrllers: [NotesController] });

describe.each(['memory', 'socket'] as const)('in %s', (engine) => {
  it('answers', async () => {
    const overrides = [{ token: Clock, useValue: { read: () => 'then' } }];
    await using app = await testApp({ controllers: [NotesController], overrides, engine });
    const client = app.client();
    expect(await (await client.get('/notes/7')).json()).toEqual({ id: 7, at: 'then' });
    const answer = await client.post('/notes', { json: { text: 'hello' } });
    expect([answer.status, answer.header('location')]).toEqual([201, '/notes/1']);
  });
});
`;

const COMPILER_OPTIONS = {
  target: 'es2022',
  lib: ['es2023', 'esnext.disposable'],
  strict: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  esModuleInterop: true,
  skipLibCheck: true,
  types: ['node', 'jest'],
  typeRoots: [path.join(ROOT, 'node_modules/@types')],
};

/** The files of a project of either kind, as ts-jest's own guide gives them. */
const PROJECTS = {
  commonjs: {
    type: 'commonjs',
    compilerOptions: { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
    jest: {},
    transform: {},
    nodeOptions: [],
  },
  module: {
    type: 'module',
    compilerOptions: { module: 'esnext', moduleResolution: 'bundler' },
    jest: { extensionsToTreatAsEsm: ['.ts'] },
    transform: { useESM: true },
    nodeOptions: ['--experimental-vm-modules'],
  },
} as const;

describe('@sluice/testing, installed, with plain ts-jest', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-testing-'));

  beforeAll(() => installPackages(folder, ['core', 'testing']), 5 * MINUTE);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['commonjs', 'module'] as const)(
    'runs tests on both engines in a project of type %s',
    async (kind) => {
      const project = path.join(folder, kind);
      const { type, compilerOptions, jest, transform, nodeOptions } = PROJECTS[kind];
      const tsconfig = { compilerOptions: { ...COMPILER_OPTIONS, ...compilerOptions } };
      const tsJest = path.join(ROOT, 'node_modules/ts-jest');
      const config = {
        ...jest,
        rootDir: project,
        testMatch: ['**/*.test.ts'],
        transform: { '^.+\\.ts$': [tsJest, { ...transform, tsconfig: path.join(project, 'tsconfig.json') }] },
      };
      mkdirSync(project);
      symlinkSync(path.join(folder, 'node_modules'), path.join(project, 'node_modules'));
      for (const [name, content] of Object.entries({
        'package.json': JSON.stringify({ private: true, type }),
        'tsconfig.json': JSON.stringify(tsconfig),
        'jest.config.json': JSON.stringify(config),
        'notes.test.ts': TEST,
      }))
        writeFileSync(path.join(project, name), content);

      const jestProgram = path.join(ROOT, 'node_modules/jest/bin/jest.js');
      const { stderr } = await run(process.execPath, [...nodeOptions, jestProgram, '--ci'], {
        cwd: project,
        env: { ...process.env, NODE_OPTIONS: '' },
      }).catch((error: { stderr: string }) => error);
      expect(stderr).toMatch(/^Tests: +2 passed, 2 total$/m);
    },
    3 * MINUTE,
  );
});
