import { Argument, type Command } from 'commander';
import type { Output } from '../console-output';
import { SHELLS, writeCompletion, type CompletedCommand, type Shell } from './completion-scripts';

/** `sluice completion`: prints the script for a shell. */
export function addCompletionCommand(program: Command, output: Output): void {
  program
    .command('completion')
    .description('print the script with which a shell completes these commands')
    .addArgument(new Argument('<shell>', SHELLS.join(', ')).choices(SHELLS))
    .action((shell: Shell) => output.print(writeCompletion(shell, program.commands.map(readCommand))));
}

function readCommand(command: Command): CompletedCommand {
  return {
    name: command.name(),
    description: command.description(),
    options: command.options.map(({ long, description }) => ({ name: long ?? '', description })),
    choices: command.registeredArguments[0]?.argChoices ?? [],
  };
}
