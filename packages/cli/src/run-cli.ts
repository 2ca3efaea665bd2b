import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { CliError } from './cli-error';
import type { Output } from './console-output';
import { describeError } from './describe-error';
import { EXIT, type ExitCode } from './exit-codes';
import { addCompletionCommand } from './completion/completion-command';
import { addDevCommand } from './dev/dev-command';
import { addDoctorCommand } from './doctor/doctor-command';
import { addNewCommand } from './new/new-command';
import { addOpenApiCommand } from './openapi/openapi-command';
import { addRoutesCommand } from './routes/routes-command';
import { addUpgradeCommand } from './upgrade/upgrade-command';

/** Makes the program with all its commands. `end` gets the exit code of one that has found a fault. */
function makeProgram(output: Output, end: (code: ExitCode) => void): Command {
  const version = readVersion();
  const program = new Command('sluice')
    .description('Look at a Sluice application, and work on it.')
    .version(version)
    .showHelpAfterError('(sluice --help shows all commands)')
    .configureOutput({
      writeOut: (text) => output.print(text.trimEnd()),
      writeErr: (text) => output.note(text.trimEnd()),
    });
  addRoutesCommand(program, output);
  addOpenApiCommand(program, output);
  addDoctorCommand(program, output, end);
  addDevCommand(program, output);
  addNewCommand(program, output, version);
  addUpgradeCommand(program, output, version);
  addCompletionCommand(program, output);
  return exitByThrowing(program);
}

function readVersion(): string {
  const text = readFileSync(path.join(__dirname, '../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Commander would end the process. */
function exitByThrowing(command: Command): Command {
  command.exitOverride();
  for (const one of command.commands) exitByThrowing(one);
  return command;
}

/**
 * Runs a command. It never throws.
 *
 * @param args without the names of Node and of the program: `['routes', '--json']`
 */
export async function runCli(args: readonly string[], output: Output): Promise<ExitCode> {
  try {
    let ended: ExitCode = EXIT.done;
    const program = makeProgram(output, (code) => (ended = code));
    await program.parseAsync(args, { from: 'user' });
    return ended;
  } catch (error) {
    // Commander has written what is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    output.note(describeError(error));
    return error instanceof CliError ? error.exitCode : EXIT.failed;
  }
}
