import { spawn } from 'node:child_process';
import { CreateError } from './create-error';
import type { CreateOptions } from './create-options';
import { EXIT } from './exit-codes';
import { listCommands } from './managers';

/** Lets the package manager install, with its own progress on this terminal. Throws CreateError if it fails. */
export async function installDependencies(
  folder: string,
  { manager, offline }: Pick<CreateOptions, 'manager' | 'offline'>,
): Promise<void> {
  const command = `${listCommands(manager).install}${offline ? ' --offline' : ''}`;
  const code = await run(command, folder);
  if (code === 0) return;
  throw new CreateError(
    `The project is there, and ${command} failed (${code}).`,
    `Run it again in the folder: ${command}`,
    EXIT.failed,
  );
}

/** With a shell, because on Windows the managers are scripts. The command has nothing that a user wrote. */
function run(command: string, cwd: string): Promise<number | string> {
  return new Promise((resolve) => {
    // Standard output is for the result.
    const child = spawn(command, {
      cwd,
      env: process.env,
      shell: true,
      stdio: ['inherit', process.stderr, 'inherit'],
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 1));
  });
}
