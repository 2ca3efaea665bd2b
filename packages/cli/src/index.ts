export { EXIT, type ExitCode } from './exit-codes';
export { makeConsoleOutput, type Output } from './console-output';
export { runCli } from './run-cli';
