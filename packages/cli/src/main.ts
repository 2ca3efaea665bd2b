#!/usr/bin/env node
import { makeConsoleOutput } from './console-output';
import { runCli } from './run-cli';

void runCli(process.argv.slice(2), makeConsoleOutput()).then((code) => {
  // Connections that the application has opened would keep this process alive.
  process.stdout.write('', () => process.exit(code));
});
