// `npm run check`: one line a step with its time; the output of those that fail; all of them are always run.
import './check-node.mjs';
import path from 'node:path';
import { compile } from './build.mjs';
import { checkPackages } from './check-packages.mjs';
import { checkWords } from './check-words.mjs';
import { ensureInstalled, ROOT } from './install.mjs';
import { runCommand } from './run-command.mjs';

const STEPS = {
  format: () => runTool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  lint: () => runTool('eslint/bin/eslint.js', '--max-warnings', '0', '.'),
  words: () => checkWords(),
  types: () => runTool('typescript/bin/tsc', '-p', 'tsconfig.json'),
  rooms: () => runTool('jest/bin/jest.js', '--ci', '--verbose=false', '--noStackTrace', 'architecture.test'),
  packages: checkBuiltPackages,
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in STEPS));
if (unknown) {
  process.stderr.write(`There is no step ${unknown}; the steps are ${Object.keys(STEPS).join(', ')}.\n`);
  process.exit(1);
}
await ensureInstalled();
let failures = 0;
for (const [name, run] of Object.entries(STEPS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const started = Date.now();
  const { code, output } = await run();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${seconds.padStart(6)} s\n`);
  if (code === 0) continue;
  failures += 1;
  process.stdout.write(`${output.trimEnd()}\n\n`);
}
process.exit(failures === 0 ? 0 : 1);

async function checkBuiltPackages() {
  const built = await compile();
  return built.code === 0 ? checkPackages() : built;
}

function runTool(script, ...args) {
  const file = path.join(ROOT, 'node_modules', script);
  return runCommand(process.execPath, [file, ...args], { cwd: ROOT, quiet: true });
}
