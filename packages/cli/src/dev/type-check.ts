import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Lines of the compiler that say when it works, and not what it has found. */
const PROGRESS_LINE = /^(?:\[?\d.*(?:Starting compilation|File change detected).*|\s*)$/;

const END_WITH_COMMAND = pathToFileURL(path.join(__dirname, 'end-with-command.js')).href;

/**
 * Checks the types of a project beside its program, again and again. Writes nothing but what `report` gets.
 *
 * @returns undefined where the project has no tsconfig.json or no compiler
 */
export function startTypeCheck(folder: string, report: (line: string) => void): ChildProcess | undefined {
  const config = path.join(folder, 'tsconfig.json');
  const tsc = findCompiler(folder);
  if (tsc === undefined || !existsSync(config)) return undefined;
  const args = [
    '--import',
    END_WITH_COMMAND,
    tsc,
    '--noEmit',
    '--watch',
    '--preserveWatchOutput',
    '--pretty',
    'false',
    '-p',
    config,
  ];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  child.once('error', (error) => report(error.message));
  lowerPriority(child.pid);
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) if (!PROGRESS_LINE.test(line)) report(shorten(line));
  });
  return child;
}

/** The program that starts again is what a person waits for. */
function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some systems do not allow it.
  }
}

/** `12:00:00 PM - Found 0 errors. Watching for file changes.` is `Found 0 errors.` */
function shorten(line: string): string {
  return /Found \d+ errors?\./.exec(line)?.[0] ?? line;
}

function findCompiler(folder: string): string | undefined {
  try {
    return createRequire(path.join(folder, 'package.json')).resolve('typescript/bin/tsc');
  } catch {
    return undefined;
  }
}
