// Starts a program and waits for it. A signal that stops this process stops the program too.
import { spawn } from 'node:child_process';
import path from 'node:path';

const running = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (running.size === 0) process.exit(1);
    for (const child of running) child.kill('SIGTERM');
    process.exitCode = 1;
  });
}

/**
 * Runs a program to its end. `quiet` collects what it prints instead of showing it.
 * Never throws: a program that can't be started has code 127.
 */
export function runCommand(command, args, { cwd, env, quiet = false, timeoutMinutes = 30 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    running.add(child);
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    const timer = setTimeout(() => {
      output += `\n${command} was stopped: it took longer than ${timeoutMinutes} minutes.\n`;
      child.kill('SIGKILL');
    }, timeoutMinutes * 60_000);
    const finish = (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code, output });
    };
    child.once('error', (error) => {
      output += `${error.message}\n`;
      finish(127);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/** The same, for a step that everything after it needs: shows the output and ends this process when it fails. */
export async function runOrExit(title, command, args, options = {}) {
  const { code, output } = await runCommand(command, args, { ...options, quiet: true });
  if (code === 0) return output;
  process.stderr.write(`${output}\n${title} failed.\n`);
  process.exit(1);
}

/** Runs npm with the Node binary given, through the npm that started us where there is one. */
export function npmCommand(nodeBinary = process.execPath) {
  const started = process.env.npm_execpath ?? '';
  if (started.endsWith('npm-cli.js')) return [nodeBinary, [started]];
  // On Windows npm is a script for the shell, which cannot be started as a program; its own program is beside Node.
  if (process.platform === 'win32')
    return [nodeBinary, [path.join(path.dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js')]];
  return ['npm', []];
}
