import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './list-documents';

const MINUTE = 60_000;
jest.setTimeout(3 * MINUTE);

/** The script of the guide for users of FastAPI. */
function readScript(): string {
  const guide = readFileSync(path.join(ROOT, 'docs/coming-from-fastapi.md'), 'utf8');
  const block = /```json\n([^`]*"dev":[^`]*)```/.exec(guide)![1]!;
  return (JSON.parse(block) as { scripts: { dev: string } }).scripts.dev;
}

describe('the script for development', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-dev-'));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('starts a fresh clone, in which nothing has been built, and starts again after a change', async () => {
    const main = path.join(folder, 'src/main.ts');
    mkdirSync(path.dirname(main));
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    const compilerOptions = {
      target: 'es2022',
      module: 'node16',
      outDir: 'dist',
      rootDir: 'src',
      types: ['node'],
    };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ scripts: { dev: readScript() } }));
    writeFileSync(main, "console.log('first run'); setInterval(() => {}, 1000);\n");
    const binaries = path.join(ROOT, 'node_modules/.bin');
    // A group of its own, so that everything that the script starts ends with the test.
    const script = spawn('sh', ['-c', readScript()], {
      cwd: folder,
      detached: true,
      env: { ...process.env, NODE_OPTIONS: '', PATH: `${binaries}:${process.env['PATH']}` },
    });
    let output = '';
    const waitFor = (text: string) =>
      new Promise<void>((resolve, reject) => {
        const look = (): void => void (output.includes(text) && resolve());
        script.stdout.on('data', look);
        script.once('exit', () => reject(new Error(`It ended: ${output}`)));
        setTimeout(() => reject(new Error(`No "${text}" in: ${output}`)), MINUTE).unref();
        look();
      });
    for (const stream of [script.stdout, script.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    try {
      await waitFor('first run');
      await waitFor('Watching for file changes');
      writeFileSync(main, "console.log('second run'); setInterval(() => {}, 1000);\n");
      await waitFor('second run');
    } finally {
      const ended = once(script, 'exit');
      process.kill(-script.pid!, 'SIGKILL');
      await ended;
    }
  });
});
