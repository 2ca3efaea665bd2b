import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

// A guard against hanging, not a measure: sources are compiled as they are loaded.
jest.setTimeout(120_000);

const run = promisify(execFile);

/** Modules that are loaded only by an application that uses them. */
const LATE = [
  '@fastify/busboy',
  'class-transformer/cjs/storage',
  'class-validator',
  'core/src/engine/memory/memory-engine',
  'core/src/engine/describe-listen-fault',
  'core/src/engine/find-socket-fault',
  'core/src/pipeline/errors/error-page',
  'core/src/pipeline/steps/form-step',
  'node:fs/promises',
];

/** Modules of the test of how heads can be written: it runs a while after `listen`, which not every application reaches. */
const HEAD_TEST = ['core/src/engine/uws/head/test-head-block', 'node:net'];

/** The modules that the packages had loaded when a program of `e2e/start-up` ended. */
async function listModules(program: string): Promise<string[]> {
  const preloads = ['sockets/typescript.cjs', 'start-up/record-modules.cjs'];
  const { stdout } = await run(
    process.execPath,
    [
      ...preloads.flatMap((file) => ['--require', path.join(__dirname, '..', file)]),
      path.join(__dirname, '../start-up', `${program}.ts`),
    ],
    { env: { ...process.env, NODE_ENV: 'production', SLUICE_ENGINE: 'uws' } },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as string[];
}

describe('starting up', () => {
  it('loads nothing that a plain application has no use for', async () => {
    const modules = (await listModules('lean')).filter((name) => !HEAD_TEST.includes(name));
    expect(modules).toContain('core/src/engine/uws/uws-engine');
    expect(modules.filter((name) => LATE.includes(name))).toEqual([]);
    const foreign = modules.filter((name) => !name.includes('/src/') && !name.startsWith('@sluice/'));
    expect(foreign.filter((name) => !name.startsWith('uWebSockets.js'))).toEqual([
      'cookie',
      'node:buffer',
      'node:events',
      'node:fs',
      'node:module',
      'node:timers/promises',
      'node:url',
      'node:util',
      'node:worker_threads',
      'reflect-metadata',
      'secure-json-parse',
    ]);
  });

  it('loads the rest where there is a use for it', async () => {
    expect(await listModules('laden')).toEqual(expect.arrayContaining(LATE));
  });
});
