import path from 'node:path';
import { Program } from '../programs/program';

const TYPESCRIPT = path.join(__dirname, '..', 'sockets', 'typescript.cjs');

/** Starts a program of `e2e/workers/programs`, as a user does. */
export function startProgram(name: string, env: Readonly<Record<string, string>> = {}): Program {
  const file = path.join(__dirname, 'programs', `${name}.ts`);
  return Program.start(process.execPath, ['--require', TYPESCRIPT, file], {
    env: { NODE_ENV: 'production', ...env },
  });
}

/** Starts it, and waits until all of its workers listen. */
export async function startWorkers(
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly program: Program; readonly url: string }> {
  const program = startProgram('served', env);
  try {
    const [, url = ''] = await program.waitFor(/workers listen on (http:\S+)\.\n/);
    return { program, url };
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw error;
  }
}

/** The processes of the workers that have started, in order. */
export function listStarted({ stdout }: Program): readonly { readonly id: number; readonly pid: number }[] {
  return [...stdout.matchAll(/^started (\d+) (\d+)$/gm)].map(([, id, pid]) => ({
    id: Number(id),
    pid: Number(pid),
  }));
}

/** A request on a connection of its own. */
export async function ask(url: string): Promise<unknown> {
  const response = await fetch(url, { headers: { connection: 'close' } });
  return response.json();
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
