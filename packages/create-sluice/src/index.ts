export { EXIT, type ExitCode } from './exit-codes';
export { runCreate, type Surroundings } from './run-create';
