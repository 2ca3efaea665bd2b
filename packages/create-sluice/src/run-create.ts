import { readFileSync } from 'node:fs';
import path from 'node:path';
import { askOptions } from './ask-options';
import { checkFolder, namePackage } from './check-folder';
import { CreateError } from './create-error';
import { completeOptions, type CreateOptions } from './create-options';
import { EXIT, type ExitCode } from './exit-codes';
import { installDependencies } from './install-dependencies';
import { makeFiles } from './make-files';
import { listCommands } from './managers';
import { quoteForShell } from './quote-for-shell';
import { HELP, readFlags } from './read-flags';
import { writeProject } from './write-project';

/** The place where `create` runs. */
export interface Surroundings {
  readonly cwd: string;
  /** `npm_config_user_agent`: the package manager that runs the command. */
  readonly userAgent: string | undefined;
  /** Whether somebody is at a terminal and can be asked. */
  readonly isInteractive: boolean;
  print(text: string): void;
  note(text: string): void;
}

/** Makes a project as the command line says. It never throws. */
export async function runCreate(args: readonly string[], here: Surroundings): Promise<ExitCode> {
  try {
    const wanted = readFlags(args, here.userAgent);
    if (wanted.kind !== 'create') here.print(wanted.kind === 'help' ? HELP : readVersion());
    else {
      const asks = here.isInteractive && !wanted.yes;
      const given = asks ? await askOptions(wanted.given, process.stdin, process.stderr) : wanted.given;
      await create(completeOptions(given), here);
    }
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof CreateError)) {
      here.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return EXIT.failed;
    }
    here.note(`${error.message}\n${error.cure}`);
    return error.exitCode;
  }
}

async function create(options: CreateOptions, { cwd, print, note }: Surroundings): Promise<void> {
  const { folder, manager, install, template } = options;
  const target = path.resolve(cwd, folder);
  checkFolder(target, folder);
  const files = makeFiles(namePackage(target), readVersion(), options);
  writeProject(target, files);
  note(`Made ${files.size} files in ${folder} (${template}).`);
  if (install) {
    note(`Installing with ${manager.name} ...`);
    await installDependencies(target, options);
  }
  const commands = listCommands(manager);
  const here = path.relative(cwd, target);
  const enter = here === '' ? '' : `cd ${quoteForShell(here)} && `;
  print(`Start it:\n\n  ${enter}${install ? '' : `${commands.install} && `}${commands.run} dev\n`);
}

function readVersion(): string {
  const text = readFileSync(path.join(__dirname, '../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
