// `npm start`: installs and builds what is missing, then runs the quickstart until Ctrl-C or SIGTERM.
import './check-node.mjs';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from './build.mjs';
import { ensureInstalled, ROOT } from './install.mjs';

const IMPATIENT_AFTER_MS = 1000;

await ensureInstalled();
process.stdout.write('Building ...\n');
await build();
runSample('samples/01-quickstart');

function runSample(folder) {
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: path.join(ROOT, folder),
    stdio: 'inherit',
    // A group of its own: Ctrl-C in a terminal reaches every process of the group, and npm passes it
    // on again; the sample must hear it once.
    detached: process.platform !== 'win32',
  });
  let stoppedAt = 0;
  const stop = () => {
    if (stoppedAt === 0) {
      stoppedAt = Date.now();
      child.kill('SIGTERM');
    } else if (Date.now() - stoppedAt > IMPATIENT_AFTER_MS) {
      child.kill('SIGKILL');
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.removeAllListeners(signal);
    process.on(signal, stop);
  }
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => {
    const stoppedAsAsked = stoppedAt !== 0 && (code === 0 || signal === 'SIGTERM');
    process.exit(stoppedAsAsked ? 0 : (code ?? 1));
  });
}
