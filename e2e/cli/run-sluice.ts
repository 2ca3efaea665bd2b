import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../documents/list-documents';
import { Program, type ProgramOptions } from '../programs/program';

/** The command as it has been built. */
export const MAIN = path.join(ROOT, 'packages/cli/dist/main.js');

/** A command that has ended. */
export interface Ended {
  readonly code: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command `sluice` as it has been built. */
export function startSluice(cwd: string, args: readonly string[], env: ProgramOptions['env'] = {}): Program {
  return Program.start(process.execPath, [MAIN, ...args], { cwd, env: { NODE_OPTIONS: undefined, ...env } });
}

/** Runs the command `sluice` to its end. */
export async function runSluice(cwd: string, ...args: string[]): Promise<Ended> {
  await using program = startSluice(cwd, args);
  const code = await program.ended;
  return { code, stdout: program.stdout, stderr: program.stderr };
}

const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    isolatedModules: true,
    skipLibCheck: true,
    types: ['node'],
    rootDir: 'src',
    outDir: 'dist',
  },
  include: ['src'],
};

/** A project of a user in a folder of its own, with the packages of this repository. `using` removes it. */
export class UserProject implements Disposable {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'sluice-project-'));

  /** @param files by their paths, package.json and tsconfig.json with the usual content if they are left out */
  constructor(files: Readonly<Record<string, string | object>>) {
    const all = { 'package.json': { name: 'notes', type: 'module' }, 'tsconfig.json': TSCONFIG, ...files };
    for (const [name, content] of Object.entries(all)) this.write(name, content);
    const modules = path.join(this.folder, 'node_modules');
    mkdirSync(modules, { recursive: true });
    for (const name of ['@sluice', '@types', 'class-validator', 'typescript', 'undici-types'])
      if (!existsSync(path.join(modules, name)))
        symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name));
  }

  write(name: string, content: string | object): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A controller whose parameter needs the metadata of the compiler. */
export const CONTROLLER = `import { Controller, Get, Param } from '@sluice/core';

@Controller('/notes')
export class NotesController {
  @Get('/:id')
  show(@Param('id') id: number) {
    return { id };
  }
}
`;
