// Runs jest once and counts: a suite that could not start is a failure, and so is a skipped test.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endStuckTests } from './end-stuck-tests.mjs';
import { ROOT } from './install.mjs';
import { runCommand } from './run-command.mjs';

const MOST_SECONDS_A_FILE = 300;

/**
 * Runs one job in the checkout `cwd`; `args` are jest's. Results stay in its .cache/results. A file that runs too long
 * is ended and fails. `system` is the root folder of another system that holds the checkout: `enter` runs a command
 * there, and `node` and the paths that jest gets are inside of it. `notRepeated` matches the paths of tests that
 * another job runs.
 */
export async function runJest(
  job,
  args,
  {
    node = process.execPath,
    cwd = ROOT,
    env = {},
    notRepeated = '',
    mostSeconds = MOST_SECONDS_A_FILE,
    system = '',
    enter = [],
  } = {},
) {
  const folder = path.join(cwd, '.cache', 'results');
  const results = path.resolve(folder, `${job}.json`);
  const records = path.resolve(folder, `${job}-running`);
  mkdirSync(folder, { recursive: true });
  rmSync(results, { force: true });
  const watch = endStuckTests(records, mostSeconds);
  const inside = (file) => file.slice(system.length);
  const jest = [inside(path.join(cwd, 'node_modules/jest/bin/jest.js')), '--ci', '--json'];
  const [command, ...rest] = [...enter, node, ...jest, `--outputFile=${inside(results)}`, ...args];
  const variables = { ...env, RUNNING_TESTS: inside(records), NOT_REPEATED: notRepeated };
  const started = Date.now();
  const { code } = await runCommand(command, rest, { cwd, env: variables });
  watch.stop();
  const totals = readTotals(job, results, code);
  totals.failed = Math.max(totals.failed, watch.stuck.length);
  return { ...totals, job, seconds: Math.round((Date.now() - started) / 1000) };
}

function readTotals(job, file, code) {
  let run;
  try {
    run = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    process.stderr.write(`${job}: jest wrote no results.\n`);
    return { passed: 0, failed: 1 };
  }
  const skipped = run.numPendingTests + run.numTodoTests;
  const totals = {
    passed: run.numPassedTests,
    failed: run.numFailedTests + run.numRuntimeErrorTestSuites + skipped,
  };
  if (skipped > 0) process.stderr.write(`${job}: ${skipped} tests were skipped; that counts as failed.\n`);
  if (totals.passed + totals.failed === 0) {
    process.stderr.write(`${job}: no test was run.\n`);
    totals.failed = 1;
  }
  if (code !== 0 && totals.failed === 0) {
    process.stderr.write(`${job}: jest ended with code ${code}.\n`);
    totals.failed = 1;
  }
  return totals;
}

/**
 * Prints a line for each job and `N passed, N failed` as the last line, keeps that for .ci/run, and ends the process
 * accordingly.
 */
export function finish(jobs) {
  process.stdout.write('\n');
  for (const { job, passed, failed, seconds } of jobs) {
    const minutes = (seconds / 60).toFixed(1).padStart(5);
    process.stdout.write(`${job.padEnd(24)} ${minutes} min  ${passed} passed, ${failed} failed\n`);
  }
  const passed = jobs.reduce((sum, job) => sum + job.passed, 0);
  const failed = jobs.reduce((sum, job) => sum + job.failed, 0);
  const line = `${passed} passed, ${failed} failed\n`;
  const folder = path.join(ROOT, '.cache', 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'totals.txt'), line);
  process.stdout.write(`\n${line}`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
