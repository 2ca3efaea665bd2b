#!/usr/bin/env node
import { makeConsoleOutput } from './console-output';
import { EXIT, type ExitCode } from './exit-codes';
import { runCli } from './run-cli';

void runCli(process.argv.slice(2), makeConsoleOutput()).then((code) => {
  // Connections that the application has opened would keep this process alive.
  process.stdout.write('', (error) => process.exit(judgeOutput(error, code)));
});

/** A reader that has seen enough, as `head`, is not a failure. */
function judgeOutput(error: NodeJS.ErrnoException | null | undefined, code: ExitCode): ExitCode {
  if (!error || error.code === 'EPIPE') return code;
  process.stderr.write(`The output cannot be written: ${error.message}\n`);
  return EXIT.failed;
}
