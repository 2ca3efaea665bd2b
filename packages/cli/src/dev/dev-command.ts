import type { Command } from 'commander';
import { findProgram } from '../application/find-application';
import { findProject } from '../application/project';
import type { Output } from '../console-output';
import { runDev } from './run-dev';

/** `sluice dev`: runs the program, and again after each change. */
export function addDevCommand(program: Command, output: Output): void {
  program
    .command('dev')
    .description('run the program, start it again after each change, and check its types beside')
    .argument('[program]', 'the module that listens')
    .option('--no-check', 'do not check types')
    .action(async (given: string | undefined, { check }: { readonly check: boolean }) => {
      const cwd = process.cwd();
      const project = findProject(cwd);
      const file = findProgram(project, given, cwd);
      await runDev({ folder: project.folder, file, checksTypes: check }, output);
    });
}
