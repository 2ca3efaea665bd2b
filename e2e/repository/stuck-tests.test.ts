import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { until } from '../sockets/until';
import { isAlive } from '../workers/start-workers';

const ROOT = path.resolve(__dirname, '../..');
const CI = path.join(ROOT, '.ci');

/** Runs the test files through the test command's own function, in a project with the repository's configuration. */
describe('npm test', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'stuck-tests-'));
    mkdirSync(path.join(folder, 'tests'));
    writeFileSync(
      path.join(folder, 'jest.config.cjs'),
      `const { roots, transform, ...ours } = require(${JSON.stringify(path.join(ROOT, 'jest.config.cjs'))});
      const text = JSON.stringify(ours).replaceAll('<rootDir>', ${JSON.stringify(ROOT)});
      module.exports = { ...JSON.parse(text), rootDir: __dirname, testMatch: ['**/*.test.cjs'] };`,
    );
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('ends a file in a busy loop, by name, runs the others, and ends the processes that they left', async () => {
    const start = (name: string) => `const { pid } = require('node:child_process').spawn('sleep', ['60']);
      require('node:fs').writeFileSync(${JSON.stringify(path.join(folder, name))}, String(pid));`;
    writeTest('busy', `${start('busy')} return Promise.resolve().then(() => { while (true); });`);
    writeTest('quick', start('quick'));
    const { totals, output } = await run(5);
    expect(output).toContain('tests/busy.test.cjs ran for more than 5 seconds and was ended.');
    expect(output).toContain('tests/quick.test.cjs left a process behind: sleep 60\n');
    expect(totals).toEqual({ passed: 1, failed: 1 });
    for (const name of ['busy', 'quick']) {
      const pid = Number(readFileSync(path.join(folder, name), 'utf8'));
      await until(() => !isAlive(pid));
    }
  }, 60_000);

  it('sends no signal to a process that could not start, because that would end the whole group', async () => {
    const wrong = path.join(folder, 'wrong');
    writeTest(
      'gone',
      `const { ChildProcess, spawn } = require('node:child_process');
      const { kill } = ChildProcess.prototype;
      ChildProcess.prototype.kill = function (signal) {
        if (this.pid !== undefined) return kill.call(this, signal);
        require('node:fs').writeFileSync(${JSON.stringify(wrong)}, signal);
      };
      return Promise.resolve().then(() => spawn('/no/such/program').on('error', () => {}) && undefined);`,
    );
    expect((await run(60)).totals).toEqual({ passed: 1, failed: 0 });
    expect(existsSync(wrong)).toBe(false);
  }, 60_000);

  it('ends the only file in a busy loop, which jest runs in its own process', async () => {
    writeTest('busy', 'while (true);');
    const { totals, output } = await run(5);
    expect(output).toContain('tests/busy.test.cjs ran for more than 5 seconds and was ended.');
    expect(totals).toEqual({ passed: 0, failed: 1 });
  }, 60_000);

  it('ends a property that never ends, and prints the seed that repeats it', async () => {
    writeTest('property', propertyThat('() => new Promise(() => undefined)'));
    const { totals, output } = await run(60, { PROPERTY_SECONDS: '3' });
    expect(output).toMatch(/Property interrupted after 0 tests\s+\{ seed: -?\d+/);
    expect(totals).toEqual({ passed: 0, failed: 1 });
  }, 60_000);

  it('ends the shrinking of a failure whose values are large', async () => {
    writeTest(
      'shrinking',
      propertyThat(
        'async () => { for (const end = Date.now() + 20; Date.now() < end; ); throw new Error("no"); }',
      ),
    );
    const { totals, output } = await run(60, { PROPERTY_SECONDS: '3' });
    expect(output).toMatch(/Property failed after 1 tests\s+\{ seed: -?\d+, path: /);
    expect(totals).toEqual({ passed: 0, failed: 1 });
  }, 60_000);

  it('takes the seed of every property from PROPERTY_SEED', async () => {
    writeTest('property', propertyThat('() => { throw new Error("no"); }'));
    const { output } = await run(60, { PROPERTY_SEED: '4711' });
    expect(output).toContain('{ seed: 4711, path: "0');
  }, 60_000);

  function propertyThat(check: string): string {
    return `const fc = require('fast-check');
      const texts = fc.array(fc.string({ minLength: 1000, maxLength: 50_000 }), { minLength: 10 });
      return fc.assert(fc.asyncProperty(texts, ${check}));`;
  }

  function writeTest(name: string, body: string): void {
    writeFileSync(
      path.join(folder, 'tests', `${name}.test.cjs`),
      `it('${name}', () => { ${body} }, 40_000);\n`,
    );
  }

  function run(
    mostSeconds: number,
    env: Record<string, string> = {},
  ): Promise<{ totals: unknown; output: string }> {
    const program = `
      import { runJest } from ${JSON.stringify(pathToFileURL(path.join(CI, 'jest.mjs')).href)};
      const job = ${JSON.stringify(path.join(folder, 'job'))};
      const args = ['--config', ${JSON.stringify(path.join(folder, 'jest.config.cjs'))}];
      const { passed, failed } = await runJest(job, args, { mostSeconds: ${mostSeconds} });
      process.stdout.write('TOTALS ' + JSON.stringify({ passed, failed }));`;
    return new Promise((resolve) => {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
        env: { ...process.env, ...env },
      });
      let output = '';
      child.stdout.on('data', (chunk) => (output += chunk));
      child.stderr.on('data', (chunk) => (output += chunk));
      child.once('close', () => {
        resolve({ totals: JSON.parse(/TOTALS (.*)/.exec(output)?.[1] ?? 'null'), output });
      });
    });
  }
});
